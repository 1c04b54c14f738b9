package org.avccdb.engine.recovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.storage.Storage;

/**
 * Makes replayed segments durable, where it may on a thread of its own, while their records are put into memtables. One
 * thread calls it.
 *
 * <ol>
 *   <li>Nobody writes to these segments any more, so that one thread may sync what another one reads.
 *   <li>What fails on the other thread is thrown to who requires the segment.
 * </ol>
 */
public final class SegmentSyncs {
    private final Storage storage;
    /** Null where all is done by who requires it. */
    private final ExecutorService thread;

    private final Map<Long, CompletableFuture<Void>> begun = new LinkedHashMap<>();

    /**
     * Nothing so far.
     *
     * @param ownThread false where operations on the storage must come in the same order each time
     */
    public SegmentSyncs(final Storage storage, final boolean ownThread) {
        this.storage = storage;
        this.thread = ownThread ? Executors.newSingleThreadExecutor(this::newThread) : null;
    }

    private Thread newThread(final Runnable work) {
        final Thread created = new Thread(work, "avccdb-recovery " + storage.location());
        created.setDaemon(true);
        return created;
    }

    /** Begins with a segment, which is to be required. */
    void begin(final long number) {
        if (thread != null) {
            begun.put(number, CompletableFuture.runAsync(() -> JournalReplay.sync(storage, number), thread));
        }
    }

    /** None is begun any more. */
    void end() {
        if (thread != null) {
            thread.shutdown();
        }
    }

    /** Returns when a segment is durable. An interrupt does not end the waiting, and is kept. */
    void require(final long number) {
        final CompletableFuture<Void> syncing = begun.get(number);
        if (syncing == null) {
            JournalReplay.sync(storage, number);
            return;
        }
        try {
            syncing.join();
        } catch (final CompletionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    /** Returns when nothing is under way any more, whatever has become of it. */
    void close() {
        end();
        begun.values().forEach(syncing -> syncing.exceptionally(failure -> null).join());
    }
}
