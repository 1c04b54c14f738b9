package org.avccdb;

import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.avccdb.engine.flush.MemtableTable;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.PinnedView;
import org.avccdb.engine.read.Place;
import org.avccdb.engine.read.ReadView;
import org.avccdb.engine.read.Reads;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.threading.SpillAgent;
import org.avccdb.engine.writer.TransactionRuns;

/**
 * Writes that take effect together, or not at all, and that its own reads see before. While it is open, other threads' writes
 * wait; reads of the database, snapshots and cursors do not, and see the state before it.
 *
 * <p>Any thread may use it, one at a time. It may be larger than memory: what does not fit goes to tables of its own.
 */
public final class Transaction extends DelegatingReader implements AutoCloseable {
    private final EngineParts parts;
    private final Consumer<Transaction> onEnd;
    private final PinnedView base;
    private final TransactionRuns runs;
    private final Reads reads;
    private final WriteBatch scratch = new WriteBatch();

    /** All that was written, as long as it is little enough for the journal; then null. */
    private WriteBatch journaled = new WriteBatch();

    private long group;
    private volatile boolean ended;

    Transaction(final EngineParts parts, final Consumer<Transaction> onEnd) {
        this.parts = parts;
        this.onEnd = onEnd;
        final WriteSide side = parts.writeSide();
        final long after = side.front().lastHandedOver();
        parts.waiting().until(() -> begin(after));
        PinnedView pinned = null;
        try {
            side.latch().check();
            parts.writes().transactionHolder(Thread.currentThread());
            pinned = parts.views().pin(parts.views());
            base = pinned;
            runs = new TransactionRuns(
                    parts.views(),
                    pinned.retainView(),
                    side.front().progress(),
                    side.supplies().arenaBytes(),
                    parts.ledger(),
                    side.context().versions()::newNumber,
                    parts.options().versionOrder() == VersionOrder.MONOTONE,
                    this::spill);
        } catch (final RuntimeException | Error failure) {
            if (pinned != null) {
                pinned.release();
            }
            letOthersGoOn();
            throw failure;
        }
        reads = new Reads(parts.views(), this::view, parts.cursors(), parts.lookupTimes());
    }

    private boolean begin(final long after) {
        if (parts.writes().isRefusing()) {
            throw new ClosedException("the database is closed");
        }
        return parts.writeSide().front().exclude(this, after);
    }

    private ReadView view(final Place place) {
        if (ended) {
            throw closedException();
        }
        place.sees(runs.progress().lastSequence());
        return runs.view();
    }

    @Override
    ProvenValue proven(final byte[] key, final long version) {
        throw unproven();
    }

    @Override
    ProvenHistory provenHistory(final byte[] key, final long minVersion, final long maxVersion) {
        throw unproven();
    }

    private RuntimeException unproven() {
        return ended
                ? closedException()
                : new UnsupportedOperationException(
                        "there are no proofs in a transaction: commit it, and prove in a snapshot");
    }

    @Override
    Reads reads() {
        if (ended) {
            throw closedException();
        }
        return reads;
    }

    private static TransactionClosedException closedException() {
        return new TransactionClosedException("the transaction has ended; open another one");
    }

    /**
     * Writes a plain value.
     *
     * @param key whose
     * @param value what
     */
    public void put(final byte[] key, final byte[] value) {
        putWithVersion(key, value, 0);
    }

    /**
     * Writes a version of a key.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     */
    public synchronized void putWithVersion(final byte[] key, final byte[] value, final long version) {
        begun();
        scratch.putWithVersion(key, value, version);
        add(scratch);
    }

    /**
     * Writes a value.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param version which; 0 for the plain slot
     */
    public synchronized void put(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version) {
        begun();
        scratch.put(key, keyOffset, keyLength, value, valueOffset, valueLength, version);
        add(scratch);
    }

    /**
     * Deletes a key: hides all that was written for it before.
     *
     * @param key which
     */
    public synchronized void delete(final byte[] key) {
        begun();
        scratch.delete(key);
        add(scratch);
    }

    /**
     * Deletes a key: hides all that was written for it before.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     */
    public synchronized void delete(final DirectBuffer key, final int keyOffset, final int keyLength) {
        begun();
        scratch.delete(key, keyOffset, keyLength);
        add(scratch);
    }

    /**
     * Deletes one version of a key.
     *
     * @param key whose
     * @param version which; 0 for the plain slot
     */
    public synchronized void deleteVersion(final byte[] key, final long version) {
        begun();
        scratch.deleteVersion(key, version);
        add(scratch);
    }

    /**
     * Carries out a batch.
     *
     * @param batch what
     */
    public synchronized void write(final WriteBatch batch) {
        Objects.requireNonNull(batch, "batch");
        begun();
        add(batch);
    }

    private void begun() {
        if (ended) {
            throw closedException();
        }
        parts.writes().transactionHolder(Thread.currentThread());
        parts.writes().requireNotReadOnly();
        scratch.clear();
    }

    private void add(final WriteBatch batch) {
        Arguments.checkValueLength(batch.largestValue(), parts.options().maxValueBytes());
        runs.checkOrder(batch.buffer(), 0, batch.byteSize());
        final boolean fits =
                journaled != null && (long) journaled.byteSize() + batch.byteSize() <= Limits.MAX_BATCH_BYTES;
        runs.add(batch.buffer(), 0, batch.byteSize());
        if (fits && !runs.hasTables()) {
            journaled.append(batch);
        } else {
            journaled = null;
        }
    }

    /** Makes a table of a memtable, on a thread that may do so. */
    private TableFile spill(final Memtable memtable) {
        return spill(memtable, 0);
    }

    private TableFile spill(final Memtable memtable, final int groupSize) {
        final TableFile[] made = new TableFile[1];
        final SpillAgent.Job job =
                parts.writeSide().background().spill().add(() -> made[0] = write(memtable, groupSize));
        parts.writeSide().background().await(parts.waiting(), job::isDone);
        job.check();
        return made[0];
    }

    private TableFile write(final Memtable memtable, final int groupSize) {
        final long number = parts.versions().newNumber();
        if (group == 0) {
            group = number;
        }
        final TableMeta meta = MemtableTable.write(
                memtable, parts.storage(), number, parts.settings(), parts.ledger(), group, groupSize);
        return new TableFile(meta, parts.tables());
    }

    /**
     * Makes all that was written visible and durable, and ends the transaction. Where that fails, it is discarded.
     *
     * @return the sequence number of its last record; that of the database where it has none
     */
    public synchronized long commit() {
        if (ended) {
            throw closedException();
        }
        boolean committed = false;
        try {
            begun();
            final long sequence = journaled != null ? commitToJournal() : commitToTables();
            committed = true;
            return sequence;
        } finally {
            end(!committed);
        }
    }

    private long commitToJournal() {
        if (journaled.byteSize() == 0) {
            return runs.progress().lastSequence();
        }
        return parts.writeSide()
                .front()
                .commit(this, journaled.buffer(), journaled.byteSize(), journaled.entries(), journaled.count());
    }

    private long commitToTables() {
        // Older memtables must be in tables first: what a newer run holds must have higher sequence numbers. They must
        // be
        // there before the last table makes the group complete: where the manifest is lost, a complete group says that
        // what is older is in tables too.
        new Maintenance(parts).flush();
        final int count = runs.tables().size() + 1;
        runs.spillAll(memtable -> spill(memtable, count));
        final Progress reached = runs.progress();
        final WriteSide side = parts.writeSide();
        side.front().commit(this, reached, () -> side.installer().install(edit(reached), parts.runs()::versionChanged));
        return reached.lastSequence();
    }

    private VersionEdit edit(final Progress reached) {
        final VersionEdit edit = new VersionEdit()
                .lastSequence(reached.lastSequence())
                .flushedSequence(reached.lastSequence())
                .appliedPosition(reached.appliedPosition())
                .highestVersion(reached.highestVersion());
        for (int i = runs.tables().size() - 1; i >= 0; i--) {
            edit.add(0, runs.tables().get(i).meta());
        }
        return edit;
    }

    /** Ends the transaction without a trace. Does nothing where it has ended. */
    public synchronized void discard() {
        if (!ended) {
            end(true);
        }
    }

    /** Discards what was not committed. */
    @Override
    public void close() {
        discard();
    }

    void endByClose() {
        discard();
    }

    private void end(final boolean discarded) {
        ended = true;
        // After a failure the edit may be in the manifest all the same, and then its tables have to be there.
        runs.close(discarded && !parts.writeSide().latch().isSet());
        base.release();
        letOthersGoOn();
    }

    /** Whoever closes the database waits for this transaction until it has been forgotten: that comes last. */
    private void letOthersGoOn() {
        parts.writes().transactionHolder(null);
        parts.writeSide().front().admitAll(this);
        onEnd.accept(this);
    }
}
