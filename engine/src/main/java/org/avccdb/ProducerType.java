package org.avccdb;

/** How many threads write. */
public enum ProducerType {
    /** Any number. */
    MULTI,
    /** One: the write of a second thread is refused. Saves an atomic operation a write. */
    SINGLE
}
