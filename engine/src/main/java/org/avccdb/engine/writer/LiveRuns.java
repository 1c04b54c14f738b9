package org.avccdb.engine.writer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.Views;

/**
 * What the database consists of at this moment: the active memtable, the frozen ones, the version of the tables. Every change
 * publishes a view for the readers.
 *
 * <p>The writer's role rotates; background agents report what became a table. A call takes a short lock, once for each
 * rotation, flush and compaction.
 *
 * <ol>
 *   <li>Frozen memtables leave in the order in which they came, and only when their tables are in the version.
 *   <li>A memtable is in the view before it is written, so before a sequence number of it becomes visible.
 *   <li>No record is in a view twice, in a memtable and in a table.
 * </ol>
 */
public final class LiveRuns {
    private final Views views;
    private final VersionSet versions;
    private final ArrayDeque<FrozenMemtable> frozen = new ArrayDeque<>();

    private final ArrayList<Memtable> lingering = new ArrayList<>();

    private Memtable active;
    private volatile Runnable onChange = () -> {};
    private volatile int frozenCount;
    private volatile long rotations;
    private volatile long flushedRotations;
    private volatile int level0Count;

    public LiveRuns(final Views views, final VersionSet versions) {
        this.views = views;
        this.versions = versions;
    }

    /** Is called after each change, quickly. */
    public void onChange(final Runnable call) {
        onChange = call;
    }

    /** The first state: replayed memtables, oldest first, and an empty one to write to. */
    public synchronized void start(final List<FrozenMemtable> replayed, final Memtable first) {
        frozen.addAll(replayed);
        rotations = replayed.size();
        active = first;
        publish();
    }

    /** Freezes the active memtable and goes on with another one, whose writes go to the given segment. */
    synchronized void rotate(final Memtable next, final long nextJournal, final Progress progress) {
        frozen.addLast(new FrozenMemtable(active, nextJournal, progress));
        active = next;
        rotations = rotations + 1;
        publish();
    }

    /** All memtables that nobody writes to any more. */
    public synchronized List<FrozenMemtable> frozenOldestFirst() {
        return List.copyOf(frozen);
    }

    /** What they have brought the database to; null where there is none. */
    public synchronized Progress frozenProgress() {
        return frozen.isEmpty() ? null : frozen.peekLast().progress();
    }

    /** The memtable to be flushed next, or null. */
    public synchronized FrozenMemtable oldestFrozen() {
        return frozen.peekFirst();
    }

    /** The version of the tables has what the oldest frozen memtable held. */
    @SuppressWarnings("ReferenceEquality") // the very memtable, not one like it
    public void flushed(final FrozenMemtable done) {
        synchronized (this) {
            if (frozen.pollFirst() != done) {
                throw new IllegalStateException("memtables must be flushed in the order of their writes");
            }
            publish();
            lingering.add(done.memtable());
            flushedRotations = flushedRotations + 1;
        }
        done.memtable().release();
    }

    /** Memtables that are in tables, but which readers still hold. */
    synchronized List<Memtable> lingering() {
        lingering.removeIf(memtable -> memtable.references() == 0);
        return List.copyOf(lingering);
    }

    /** The version of the tables has changed. */
    public synchronized void versionChanged() {
        publish();
    }

    private void publish() {
        final Version version = versions.acquire();
        try {
            views.publish(active, notIn(version), version);
            level0Count = version.level(0).length;
        } finally {
            version.release();
        }
        frozenCount = frozen.size();
        onChange.run();
    }

    /** Frozen memtables, newest first. What has come into the tables is soon to leave here, but this may be asked before. */
    private List<Memtable> notIn(final Version version) {
        final List<Memtable> newestFirst = new ArrayList<>(frozen.size());
        frozen.descendingIterator().forEachRemaining(waiting -> {
            if (waiting.progress().lastSequence() > version.flushedSequence()) {
                newestFirst.add(waiting.memtable());
            }
        });
        return newestFirst;
    }

    /** The memtable that is written to; for the writer's role. */
    Memtable active() {
        return active;
    }

    /** Bytes of keys and values in the active memtable, as of some moment. */
    public synchronized long activeBytes() {
        return active == null ? 0 : active.dataBytes();
    }

    /** Bytes of keys and values in the frozen ones. */
    public synchronized long frozenBytes() {
        return frozen.stream()
                .mapToLong(waiting -> waiting.memtable().dataBytes())
                .sum();
    }

    /** How many memtables were ever frozen. */
    public long rotations() {
        return rotations;
    }

    /** How many of them are in tables. */
    public long flushedRotations() {
        return flushedRotations;
    }

    public int frozenCount() {
        return frozenCount;
    }

    public int level0Count() {
        return level0Count;
    }

    /** Lets go of all memtables; no reader may be inside. */
    public synchronized void close() {
        for (final FrozenMemtable left : frozen) {
            left.memtable().release();
        }
        frozen.clear();
        frozenCount = 0;
        if (active != null) {
            active.release();
            active = null;
        }
    }
}
