package org.avccdb.engine.table;

/** One table of the database: counted references, opened on first use. */
public final class TableFile {
    /** With one reference. */
    public TableFile(final TableMeta meta, final TableCache cache) {
        throw new UnsupportedOperationException(meta + " " + cache);
    }

    public TableMeta meta() {
        throw new UnsupportedOperationException();
    }

    /** The open table; opened by this call if it is not. The caller holds a reference, or is pinned in an epoch. */
    public TableReader reader() {
        throw new UnsupportedOperationException();
    }

    /** Takes a reference; the caller must have one already, or be sure that somebody does. */
    public void retain() {
        throw new UnsupportedOperationException();
    }

    /** Lets a reference go. */
    public void release() {
        throw new UnsupportedOperationException();
    }

    /** From now on the file is to be deleted when the last reference has gone. */
    public void markObsolete() {
        throw new UnsupportedOperationException();
    }

    /** Closes the reader, and deletes the file if it is obsolete; after the last reference has gone. */
    public void dispose() {
        throw new UnsupportedOperationException();
    }
}
