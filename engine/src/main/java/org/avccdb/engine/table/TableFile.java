package org.avccdb.engine.table;

/** One table of the database: counted references, opened on first use. */
public final class TableFile {
    /** With one reference. */
    public TableFile(final TableMeta meta, final TableCache cache) {}

    public TableMeta meta() {
        return null;
    }

    /** The open table; opened by this call if it is not. The caller holds a reference, or is pinned in an epoch. */
    public TableReader reader() {
        return null;
    }

    /** Takes a reference; the caller must have one already, or be sure that somebody does. */
    public void retain() {}

    /** Lets a reference go. */
    public void release() {}

    /** From now on the file is to be deleted when the last reference has gone. */
    public void markObsolete() {}

    /** Closes the reader, and deletes the file if it is obsolete; after the last reference has gone. */
    public void dispose() {}
}
