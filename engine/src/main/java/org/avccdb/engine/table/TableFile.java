package org.avccdb.engine.table;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;

/**
 * One table of the database: counted references, opened on first use.
 *
 * <p>Any thread may call any method.
 *
 * <ol>
 *   <li>The last {@link #release} hands the table to whoever disposes of it, once; from then on nobody reads it.
 *   <li>{@code reader} is set under the lock only, after the reader is whole; it is read without one.
 *   <li>A reader that was taken out ({@link #takeReader}) is closed by whoever took it, when no thread that may have seen it
 *       here can still be inside. Threads that stay longer hold a reference to the reader itself.
 * </ol>
 */
public final class TableFile {
    private final TableMeta meta;
    private final DirectBuffer smallestKey;
    private final DirectBuffer largestKey;
    private final TableCache cache;
    private final JointFilters.Share share;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile TableReader reader;
    private volatile boolean obsolete;
    private volatile List<Long> after = List.of();
    private boolean disposed;
    /** Set by readers without ordering: it only says whether the table has been used of late. */
    private boolean used;

    /** With one reference. */
    public TableFile(final TableMeta meta, final TableCache cache) {
        this.meta = meta;
        this.smallestKey = new UnsafeBuffer(meta.smallestKey());
        this.largestKey = new UnsafeBuffer(meta.largestKey());
        this.cache = cache;
        this.share = cache.filters().take(meta.number());
    }

    public TableMeta meta() {
        return meta;
    }

    /** The first user key. */
    public DirectBuffer smallestKey() {
        return smallestKey;
    }

    /** The last user key. */
    public DirectBuffer largestKey() {
        return largestKey;
    }

    /** A filter that tells of this table and of others; null if there is none. */
    public JointFilter jointFilter() {
        return share == null ? null : share.filter();
    }

    /** What stands for this table in that filter. */
    public int jointBit() {
        return share == null ? 0 : share.bit();
    }

    /**
     * The open table; opened by this call if it is not. The caller holds a reference, or is pinned in an epoch; it uses the
     * reader for as long as its epoch lasts, and takes a reference to it where it stays longer.
     */
    public TableReader reader() {
        final TableReader open = reader;
        if (open == null) {
            return open();
        }
        if (!used) {
            used = true;
        }
        return open;
    }

    /** The open table, with a reference to the reader that the caller lets go; the caller holds one to this until then. */
    public TableReader retainReader() {
        TableReader open = reader();
        while (!open.tryRetain()) {
            // It was given up as surplus in between.
            open = reader();
        }
        return open;
    }

    private synchronized TableReader open() {
        if (disposed) {
            throw new IllegalStateException("table " + meta.number() + " is used after its last reference has gone");
        }
        if (reader == null) {
            final TableReader opened = cache.open(meta.number());
            if (!meta.isSameTable(opened.meta())) {
                opened.close();
                throw another(opened.meta());
            }
            used = true;
            reader = opened;
            cache.opened(this);
        }
        return reader;
    }

    /** Compares the end of the file, where its root is, with what is known of the table; the table stays closed. */
    public void check() {
        final TableMeta found = cache.describe(meta.number());
        if (!meta.isSameTable(found)) {
            throw another(found);
        }
    }

    private CorruptionException another(final TableMeta found) {
        return new CorruptionException(
                FileNames.table(meta.number()), -1, "this is " + found + ", but the manifest says " + meta);
    }

    /** The reader, which is no longer this table's; null if there is none. */
    synchronized TableReader takeReader() {
        final TableReader taken = reader;
        reader = null;
        return taken;
    }

    /** Whether it was used since the last call. */
    boolean takeUsed() {
        final boolean was = used;
        used = false;
        return was;
    }

    /** Takes a reference; the caller must have one already, or be sure that somebody does. */
    public void retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException(
                    "table " + meta.number() + " is retained after its last reference has gone");
        }
    }

    /** Lets a reference go; with the last one the table is handed to whoever disposes of it. */
    public void release() {
        final int left = references.decrementAndGet();
        if (left == 0) {
            cache.unused(this);
        } else if (left < 0) {
            throw new IllegalStateException("table " + meta.number() + " is released more often than retained");
        }
    }

    /** How many references there are; for statistics and tests. */
    public int references() {
        return references.get();
    }

    /** From now on the file is to be deleted when the last reference has gone. */
    public void markObsolete() {
        obsolete = true;
    }

    /** As long as the files of these tables are there, the file is not deleted; said before it becomes obsolete. */
    public void goesAfter(final List<Long> numbers) {
        after = List.copyOf(numbers);
    }

    /** The file stays, whatever was said; whoever opens the database next deletes it. */
    public void keepFile() {
        obsolete = false;
    }

    /** Whether the file is to be deleted, but that of another table has to go first. */
    public boolean mustWait() {
        return obsolete && after.stream().anyMatch(cache::exists);
    }

    /** Closes the reader, and deletes the file if it is obsolete; after the last reference has gone. A second call does nothing. */
    public void dispose() {
        final TableReader open;
        synchronized (this) {
            if (disposed) {
                return;
            }
            disposed = true;
            open = takeReader();
        }
        cache.closed(this);
        if (share != null) {
            cache.filters().giveBack(share);
        }
        if (open != null) {
            open.close();
        }
        if (obsolete) {
            cache.delete(meta.number());
        }
    }
}
