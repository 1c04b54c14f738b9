package org.avccdb.engine.journal;

import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.engine.storage.LogFile;

/**
 * A segment of the running journal, and whose it is. The writer owns its {@link JournalWriter} from {@link State#ACTIVE} to
 * the end of its sync; the background may take it away once it is behind, but not while it is being synced.
 *
 * <pre>
 *  PREPARED --writer--> ACTIVE --writer--> BEHIND --writer--> SYNCING --writer--> SYNCED or FAILED
 *                          |                 |                                          |
 *                          +--writer (nothing left to sync)--> SYNCED                   |
 *                                            +---------- background ----> RETIRED <-----+
 * </pre>
 */
final class Segment {
    enum State {
        PREPARED,
        ACTIVE,
        BEHIND,
        SYNCING,
        SYNCED,
        FAILED,
        RETIRED
    }

    final long number;
    final int length;
    final JournalWriter writer;
    private final AtomicReference<State> state = new AtomicReference<>(State.PREPARED);
    /** The background's. */
    private boolean unmapped;

    Segment(final LogFile log, final long number, final byte[] databaseId, final JournalFailure failure) {
        this.number = number;
        this.length = log.length();
        this.writer = new JournalWriter(log, number, databaseId, failure);
    }

    /** Background: takes out of memory what the writer has left, which is before it is behind. */
    void unmapIfLeft() {
        final State now = state();
        if (!unmapped && now != State.PREPARED && now != State.ACTIVE) {
            unmapped = true;
            writer.unmap();
        }
    }

    State state() {
        return state.getAcquire();
    }

    /** Moves on where nobody else can. */
    void become(final State next) {
        state.setRelease(next);
    }

    boolean compareAndBecome(final State expected, final State next) {
        return state.compareAndSet(expected, next);
    }
}
