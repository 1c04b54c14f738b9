package org.avccdb;

/** In which order versions may be written. Fixed when the database is created. */
public enum VersionOrder {
    /** Any version at any time. */
    ARBITRARY,
    /**
     * Over the whole database, versions never go down; equal ones are fine, and deletes are free. A lower version, or a
     * plain put, is refused with a {@link VersionOrderException}. In return, questions about the latest value of a key
     * need to look at fewer tables, and their proofs are shorter.
     */
    MONOTONE
}
