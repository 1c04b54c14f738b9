package org.avccdb.engine.storage;

/** The kinds of files that are in a database's directory. */
public enum FileType {
    CURRENT,
    CURRENT_NEXT,
    LOCK,
    LOG,
    MANIFEST,
    JOURNAL,
    TABLE,
    /** A journal segment that waits for its next use. */
    SPARE,
    /** Not one of ours. */
    OTHER
}
