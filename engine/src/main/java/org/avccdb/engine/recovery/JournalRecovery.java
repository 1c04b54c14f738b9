package org.avccdb.engine.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.avccdb.engine.journal.GroupHandler;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.journal.ReplayResult;
import org.avccdb.engine.journal.SegmentEnd;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;

/**
 * Brings what is in the journals, and not in tables, back into memtables. For one thread and one run; it changes nothing, but
 * makes durable what it replays.
 */
public final class JournalRecovery implements GroupHandler {
    /** What records need at worst is more than what they need: replayed memtables are to be as full as others. */
    private static final double WORST_TO_ARENA = 1.25;

    private final MemoryLedger ledger;
    private final int arenaBytes;
    private final LongSupplier seeds;
    private final long after;
    private final List<Memtable> memtables = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();

    private final ReplayedRecords records = new ReplayedRecords();
    private long dataBytes;
    private boolean filling;
    private Progress reached;
    private ReplayResult result;
    private SegmentSyncs syncs;

    /**
     * Nothing so far.
     *
     * @param arenaBytes of a memtable, about
     * @param start what the tables have brought the database to
     */
    public JournalRecovery(
            final MemoryLedger ledger, final int arenaBytes, final LongSupplier seeds, final Progress start) {
        this.ledger = ledger;
        this.arenaBytes = arenaBytes;
        this.seeds = seeds;
        this.after = start.lastSequence();
        this.reached = start;
    }

    /**
     * Replays the journals.
     *
     * @param oldest the oldest segment that is needed
     * @param ended segments whose end was decided before
     * @param durable what makes segments durable that have been replayed
     */
    public void run(
            final Storage storage,
            final byte[] databaseId,
            final long oldest,
            final Map<Long, SegmentEnd> ended,
            final SegmentSyncs durable) {
        syncs = durable;
        try {
            result = new JournalReplay(storage, databaseId, oldest, after, ended).run(this);
            syncs.end();
        } catch (final RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    @Override
    public void group(
            final long firstSequence,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final int entryCount) {
        final long more = length - (long) entryCount * EntryDescriptor.HEADER_LENGTH;
        if (records.count() > 0
                && Memtable.arenaLength(records.count() + entryCount, dataBytes + more) > WORST_TO_ARENA * arenaBytes) {
            freeze();
        }
        filling = true;
        dataBytes += more;
        long sequence = firstSequence - 1;
        long position = reached.appliedPosition();
        long highest = reached.highestVersion();
        for (int at = offset; at < offset + length; at = EntryDescriptor.end(payload, at)) {
            final int type = EntryDescriptor.type(payload, at);
            final long version = EntryDescriptor.version(payload, at);
            if (type == RecordType.POSITION) {
                position = version;
                continue;
            }
            sequence++;
            if (type == RecordType.PUT) {
                highest = Math.max(highest, version);
            }
            if (sequence > after) {
                records.add(payload, at, sequence);
            }
        }
        reached = new Progress(Math.max(reached.lastSequence(), sequence), position, highest);
    }

    @Override
    public void segmentEnd(final long number) {
        if (filling || !memtables.isEmpty()) {
            syncs.begin(number);
        }
    }

    @Override
    public void end() {
        if (filling) {
            freeze();
        }
    }

    /** Makes a memtable of what came so far. */
    private void freeze() {
        final int bytes = (int) Memtable.arenaLength(records.count(), dataBytes);
        final Memtable memtable =
                new Memtable(new Arena(bytes, ledger), KeyDigest.LEADING_BYTES, seeds.getAsLong(), Arena::release);
        memtables.add(memtable);
        progress.add(reached);
        records.moveTo(memtable);
        dataBytes = 0;
        filling = false;
    }

    /** What the replay found. */
    public ReplayResult result() {
        return result;
    }

    /**
     * What the manifest is to say before anything is written: where the segments end, which are durable that far; or that none
     * of them is needed.
     *
     * @param next the segment in which writing goes on
     */
    public VersionEdit outcome(final long next) {
        final Progress now = progress();
        final VersionEdit edit = new VersionEdit().lastSequence(now.lastSequence());
        if (memtables.isEmpty()) {
            return edit.oldestJournal(next)
                    .flushedSequence(now.lastSequence())
                    .appliedPosition(now.appliedPosition())
                    .highestVersion(now.highestVersion());
        }
        for (final SegmentEnd end : result.ends()) {
            if (end.end() > 0) {
                syncs.require(end.number());
            }
            edit.segmentEnd(end.number(), end.end(), end.lastSequence());
        }
        return edit;
    }

    /** What tables and journals have brought the database to. */
    public Progress progress() {
        return new Progress(
                Math.max(reached.lastSequence(), result.lastSequence()),
                reached.appliedPosition(),
                reached.highestVersion());
    }

    /**
     * What was replayed, oldest first. Which segment a memtable begins in is not known, so all stay until the last one is in
     * tables.
     *
     * @param oldest the oldest segment that is needed now
     * @param next the segment in which writing goes on
     */
    public List<FrozenMemtable> frozen(final long oldest, final long next) {
        final List<FrozenMemtable> all = new ArrayList<>();
        for (int i = 0; i < memtables.size(); i++) {
            final boolean last = i == memtables.size() - 1;
            all.add(new FrozenMemtable(memtables.get(i), last ? next : oldest, last ? progress() : progress.get(i)));
        }
        return all;
    }

    /** Frees what was replayed and not taken over. */
    public void close() {
        syncs.close();
        memtables.forEach(Memtable::release);
        memtables.clear();
    }
}
