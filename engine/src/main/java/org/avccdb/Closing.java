package org.avccdb;

import java.util.List;
import org.agrona.concurrent.Agent;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.writer.FailureLatch;

/**
 * Closes a database, in which no call is under way any more but reads.
 *
 * <ol>
 *   <li>What was accepted is in the journal, synced, or in tables, before the clean close is recorded.
 *   <li>Whatever fails, memory is freed and the directory unlocked.
 * </ol>
 */
final class Closing {
    /** Replaying less than this takes less time than making a table of it. */
    private static final long REPLAYED_BYTES = 256 << 10;

    private final EngineParts parts;

    Closing(final EngineParts parts) {
        this.parts = parts;
    }

    void run() {
        try {
            if (parts.writeSide() != null) {
                settle();
            }
        } finally {
            stop();
        }
    }

    private void settle() {
        final WriteSide side = parts.writeSide();
        final FailureLatch latch = side.latch();
        try {
            side.front().drain();
            if (!latch.isSet()) {
                flushIfLarge();
                side.front().execute(side.journal()::finish);
            }
        } catch (final AvccDbException failure) {
            latch.set(failure);
            parts.events().backgroundError(new BackgroundError("close", failure));
        }
    }

    private void flushIfLarge() {
        try {
            if (parts.runs().activeBytes() > REPLAYED_BYTES || parts.runs().frozenCount() > 0) {
                new Maintenance(parts).flush();
            }
        } catch (final AvccDbException noRoom) {
            // What is not in tables is in the journal.
            parts.events().backgroundError(new BackgroundError("flush before the close", noRoom));
        }
    }

    private void stop() {
        final WriteSide side = parts.writeSide();
        parts.threads().stop();
        if (parts.invoker() != null) {
            parts.invoker().run(List.of());
        }
        try {
            if (side != null) {
                side.background().agents().forEach(Agent::onClose);
                if (!side.latch().isSet()) {
                    parts.versions().apply(new VersionEdit().cleanClose());
                }
            }
        } catch (final AvccDbException failure) {
            parts.events().backgroundError(new BackgroundError("close", failure));
        } finally {
            release();
        }
    }

    private void release() {
        final WriteSide side = parts.writeSide();
        parts.cursors().close();
        parts.views().close();
        if (parts.pins() != null) {
            parts.pins().close();
        }
        if (side != null) {
            parts.runs().close();
            side.supplies().close();
            side.pool().close();
            side.front().close();
            side.journal().close();
        }
        parts.versions().close();
        parts.disposals().close();
        parts.listener().stop();
        parts.tables().close();
        parts.blocks().close();
        if (parts.log() != null) {
            parts.events().drain();
            parts.log().close();
        }
        parts.lock().close();
        parts.storage().close();
    }
}
