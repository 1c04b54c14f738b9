package org.avccdb;

/** The kinds of work that the database has threads for; {@link Options#pinning} gives each a core. */
public enum ThreadRole {
    /** Appends to the journal and to the memtable. */
    WRITER,
    /** Writes frozen memtables to tables. */
    FLUSH,
    /** Merges tables. In {@link ThreadingMode#SHARED}, this role's thread does all the background work. */
    COMPACTION,
    /** Hashes what is written to tables. */
    HASHING
}
