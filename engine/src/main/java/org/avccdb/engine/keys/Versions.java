package org.avccdb.engine.keys;

/** The numbers that versions may have. */
public final class Versions {
    /** The version of a plain put. */
    public static final long PLAIN = 0;
    /** The highest version that a caller may give a record. */
    public static final long MAX = Long.MAX_VALUE - 1;
    /** The version of key-deletes, which so come first among the records of their key. */
    public static final long KEY_DELETE = Long.MAX_VALUE;

    private Versions() {}
}
