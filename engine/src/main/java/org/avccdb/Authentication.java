package org.avccdb;

/** Whether answers can be proven. */
public enum Authentication {
    /** Everything is hashed into one root, and every answer can be proven against it. */
    MERKLE,
    /** Nothing is hashed; roots and proofs are refused with an {@link UnsupportedOperationException}. */
    NONE
}
