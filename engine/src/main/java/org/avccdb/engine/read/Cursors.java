package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.ClosedException;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.read.Run.LevelRun;
import org.avccdb.engine.read.Run.MemtableRun;
import org.avccdb.engine.read.Run.TableRun;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;

/**
 * Opens cursors, knows those that are open, and frees what they held where they could not do that themselves.
 *
 * <p>Any thread may call any method; background threads call {@link #reclaimDeferred}.
 *
 * <ol>
 *   <li>A cursor that a thread closes which may not be the one that uses it is freed when it has been closed for {@link
 *       #GRACE_NANOS} and nobody is inside: by then a loop that was reading a view of it has come to its end.
 *   <li>So is one that has become unreachable without having been closed.
 *   <li>After {@link #close} there is no background thread; a timer takes its place.
 * </ol>
 */
public final class Cursors {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Views views;
    private final Set<CursorLease> open = ConcurrentHashMap.newKeySet();
    private final Queue<Deferred> deferred = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private record Deferred(CursorLease lease, Runnable hideViews, long sinceNanos) {}

    /** For cursors over views that these pin. */
    public Cursors(final Views views) {
        this.views = views;
    }

    /**
     * Opens a cursor.
     *
     * @param source whose records of this moment it shows
     * @param range of which keys
     * @param allVersions whether it shows all live versions, or the latest of each key
     */
    public Cursor open(final ReadSource source, final KeyRange range, final boolean allVersions) {
        final PinnedView pinned = views.pin(source);
        final List<RecordCursor> sources = new ArrayList<>();
        try {
            addSources(pinned.viewOrNull(), range, sources);
            final RecordCursor[] all = sources.toArray(new RecordCursor[0]);
            final CursorLease lease = new CursorLease(pinned, all);
            final RecordCursor merged = all.length == 1 ? all[0] : new MergingCursor(all);
            final LiveRecords records = new LiveRecords(merged, range, pinned.sequence(), allVersions);
            final LiveCursor cursor = new LiveCursor(records, lease, this);
            open.add(lease);
            if (closed) {
                cursor.close();
                throw new ClosedException("the database has been closed; open it again");
            }
            return cursor;
        } catch (final RuntimeException | Error failure) {
            detach(sources.toArray(new RecordCursor[0]));
            pinned.releaseUnread();
            throw failure;
        }
    }

    private static void addSources(final ReadView view, final KeyRange range, final List<RecordCursor> sources) {
        final byte[] from = range.fromInclusive();
        final byte[] to = range.toExclusive();
        for (int i = 0; i < view.runs(); i++) {
            final Run run = view.run(i);
            if (mayHoldKeysIn(run, from, to)) {
                sources.add(run.cursor());
            }
        }
    }

    private static boolean mayHoldKeysIn(final Run run, final byte[] from, final byte[] to) {
        if (run instanceof MemtableRun memory) {
            // What the cursor sees was there before its sequence number could be read.
            return memory.memtable().records() > 0;
        }
        if (run instanceof TableRun table) {
            return endsAtOrBehind(table.table(), from) && beginsBefore(table.table(), to);
        }
        if (run instanceof LevelRun level) {
            final TableFile[] tables = level.version().level(level.level());
            final int first =
                    from == null ? 0 : level.version().find(level.level(), new UnsafeBuffer(from), 0, from.length);
            return first < tables.length && beginsBefore(tables[first], to);
        }
        return true;
    }

    private static boolean endsAtOrBehind(final TableFile table, final byte[] from) {
        return from == null || Arrays.compareUnsigned(table.meta().largestKey(), from) >= 0;
    }

    private static boolean beginsBefore(final TableFile table, final byte[] to) {
        return to == null || Arrays.compareUnsigned(table.meta().smallestKey(), to) < 0;
    }

    /** How many cursors are open, or closed and not yet free. */
    public int open() {
        return open.size();
    }

    void wasFreed(final CursorLease lease) {
        open.remove(lease);
    }

    /** Has a lease freed later, which nobody can enter any more. */
    void defer(final CursorLease lease, final Runnable hideViews) {
        deferred.add(new Deferred(lease, hideViews, System.nanoTime()));
        if (closed) {
            reclaimLater();
        }
    }

    /**
     * Frees what has been waiting for long enough; for background threads.
     *
     * @return how many cursors were freed
     */
    public int reclaimDeferred() {
        if (deferred.isEmpty()) {
            return 0;
        }
        int freed = 0;
        final Iterator<Deferred> waiting = deferred.iterator();
        while (waiting.hasNext()) {
            final Deferred next = waiting.next();
            if (System.nanoTime() - next.sinceNanos >= GRACE_NANOS && next.lease.isQuiet()) {
                waiting.remove();
                next.hideViews.run();
                next.lease.free();
                wasFreed(next.lease);
                freed++;
            }
        }
        return freed;
    }

    private void reclaimLater() {
        final Executor later = CompletableFuture.delayedExecutor(GRACE_NANOS, TimeUnit.NANOSECONDS);
        later.execute(() -> {
            reclaimDeferred();
            if (!deferred.isEmpty()) {
                reclaimLater();
            }
        });
    }

    /**
     * Ends all cursors: they answer with {@link ClosedException}, and hold what they hold until they are closed. Returns when
     * none is moving any more: what they move on, like the block cache, goes next.
     */
    public void close() {
        closed = true;
        open.forEach(CursorLease::end);
        final long ended = System.nanoTime();
        open.forEach(lease -> lease.awaitQuiet(ended));
        if (!deferred.isEmpty()) {
            reclaimLater();
        }
    }

    /** Lets go of the tables that cursors over runs hold. */
    public static void detach(final RecordCursor... cursors) {
        for (final RecordCursor cursor : cursors) {
            if (cursor instanceof TableCursor table) {
                table.detach();
            } else if (cursor instanceof LevelCursor level) {
                level.detach();
            }
        }
    }
}
