package org.avccdb;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.read.Reads;
import org.avccdb.engine.read.SnapshotPin;
import org.avccdb.engine.roots.StateProver;

/**
 * An open database behind its public face: puts the calls of {@link AvccDb} to those who carry them out.
 *
 * <p>Any thread may call any method.
 */
final class Engine {
    private final EngineParts parts;
    private final Maintenance maintenance;
    private final Reads reads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean closeDone = new AtomicBoolean();

    private final AtomicReference<Transaction> openTransaction = new AtomicReference<>();

    Engine(final EngineParts parts) {
        this.parts = parts;
        this.maintenance = new Maintenance(parts);
        this.reads = new Reads(parts.views(), parts.views(), parts.cursors(), parts.lookupTimes());
    }

    static Engine open(final Path directory, final Options options) {
        return new Engine(Opening.open(directory, options));
    }

    static Engine recover(final Path directory, final Options options) {
        return new Engine(Opening.recover(directory, options));
    }

    Reads reads() {
        return reads;
    }

    Writes writes() {
        return parts.writes();
    }

    /** A batch beyond the write buffer goes to tables directly, as a transaction of its own. */
    long write(final WriteBatch batch, final WriteOptions options) {
        writes().checkBatch(batch, options);
        if (batch.byteSize() <= parts.options().writeBufferBytes()
                || parts.options().disableLargeBatchTransaction()
                || batch.count() == 0
                || writes().isReadOnly()) {
            return writes().write(batch, options);
        }
        try (Transaction transaction = openTransaction()) {
            transaction.write(batch);
            return transaction.commit();
        }
    }

    long appliedPosition() {
        final var place = writes().enterToWait();
        try {
            return parts.appliedPosition().getAsLong();
        } finally {
            writes().exit(place);
        }
    }

    Snapshot snapshot() {
        final SnapshotPin pin = parts.views().pinSnapshot();
        final Reads pinned = new Reads(parts.views(), pin, parts.cursors(), parts.lookupTimes());
        return new Snapshot(
                pin, pinned, parts.roots() == null ? null : new StateProver(parts.roots(), parts.views(), pin, pinned));
    }

    Transaction openTransaction() {
        final var place = writes().enter();
        try {
            final Transaction transaction = new Transaction(parts, this::ended);
            openTransaction.set(transaction);
            return transaction;
        } finally {
            writes().exit(place);
        }
    }

    private void ended(final Transaction transaction) {
        // Another one may have been opened already.
        openTransaction.compareAndSet(transaction, null);
    }

    void flush() {
        final var place = writes().enterForMaintenance();
        try {
            maintenance.flush();
        } finally {
            writes().exit(place);
        }
    }

    void compactRange(final KeyRange range) {
        final var place = writes().enterForMaintenance();
        try {
            maintenance.compactRange(range);
        } finally {
            writes().exit(place);
        }
    }

    void checkpoint(final Path directory) {
        final var place = writes().enterToWait();
        try {
            maintenance.checkpoint(directory);
        } finally {
            writes().exit(place);
        }
    }

    IntegrityReport verify(final Consumer<VerifyProgress> listener) {
        final var place = writes().enterToWait();
        try {
            return maintenance.verify(listener);
        } finally {
            writes().exit(place);
        }
    }

    long[] sizeOf(final KeyRange... ranges) {
        final var place = writes().enterToWait();
        try {
            return maintenance.sizeOf(ranges);
        } finally {
            writes().exit(place);
        }
    }

    String property(final String name) {
        final var place = writes().enterToWait();
        try {
            return maintenance.property(name);
        } finally {
            writes().exit(place);
        }
    }

    Stats stats() {
        final var place = writes().enterToWait();
        try {
            return maintenance.stats();
        } finally {
            writes().exit(place);
        }
    }

    void setReadOnly() {
        final var place = writes().enterToWait();
        try {
            if (!writes().isReadOnly()) {
                writes().setReadOnly("the database was set read-only");
                parts.writeSide().front().drain();
            }
        } finally {
            writes().exit(place);
        }
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            // The one who closes waits for readers: one that is inside must not wait for it.
            if (!parts.views().isCallerInside()) {
                Waiting.FOR_THREADS.until(closeDone::get);
            }
            return;
        }
        try {
            writes().refuse();
            hurry();
            // A transaction keeps writes waiting, and another one may be opened by whoever waits for that.
            parts.waiting().until(() -> {
                endTransaction();
                return writes().isEmpty();
            });
            endTransaction();
            new Closing(parts).run();
        } finally {
            closeDone.set(true);
        }
    }

    /** An accepted write may wait for a compaction, and that for its rate. */
    private void hurry() {
        final WriteSide side = parts.writeSide();
        if (side != null) {
            side.context().pacer().beginUrgent();
            side.background().wake();
        }
    }

    private void endTransaction() {
        final Transaction left = openTransaction.get();
        if (left != null) {
            left.endByClose();
        }
    }
}
