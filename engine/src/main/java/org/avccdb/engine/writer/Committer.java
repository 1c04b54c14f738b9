package org.avccdb.engine.writer;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.avccdb.AvccDbException;
import org.avccdb.StallCause;
import org.avccdb.VersionOrder;
import org.avccdb.VersionOrderException;
import org.avccdb.engine.ingest.WriteSlot;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.Views;
import org.avccdb.memdb.Arena;

/**
 * Carries a merge group out: journal, sync, memtable, visibility. Used by the writer's role alone.
 *
 * <ol>
 *   <li>Nothing is in the memtable that is not in the journal, and nothing visible that is not as durable as the most
 *       demanding member of its group asked.
 *   <li>The visible sequence number moves once for a group, after all of its records are in the memtable.
 *   <li>After a failure of the journal nothing is written any more: what it holds is in doubt.
 * </ol>
 */
public final class Committer {
    private final Journal journal;
    private final LiveRuns runs;
    private final Views views;
    private final Supplies supplies;
    private final BackPressure backPressure;
    private final FailureLatch latch;
    private final WriterObserver observer;
    private final LongSupplier clock;
    private final int maxFrozen;
    private final boolean monotone;
    private final Consumer<Arena> onFree;
    private final LongSupplier seeds;

    private long lastSequence;
    private volatile long appliedPosition;
    private long highestVersion;
    /** A position has come since the memtable was begun; it may be without a record. */
    private boolean positionIsNew;
    /** Sequence numbers have been given to what is not in the journal: it must go on in a segment that says so. */
    private boolean behindJournal;

    /** What a committer needs; all of it is made when the database is opened. */
    public record Parts(
            Journal journal,
            LiveRuns runs,
            Views views,
            Supplies supplies,
            FailureLatch latch,
            WriterObserver observer,
            LongSupplier clock,
            LongSupplier seeds) {}

    Committer(
            final Parts parts,
            final BackPressure backPressure,
            final int maxFrozen,
            final VersionOrder order,
            final Progress start) {
        this.journal = parts.journal();
        this.runs = parts.runs();
        this.views = parts.views();
        this.supplies = parts.supplies();
        this.latch = parts.latch();
        this.observer = parts.observer();
        this.clock = parts.clock();
        this.seeds = parts.seeds();
        this.backPressure = backPressure;
        this.maxFrozen = maxFrozen;
        this.monotone = order == VersionOrder.MONOTONE;
        this.onFree = supplies::giveBack;
        this.lastSequence = start.lastSequence();
        this.appliedPosition = start.appliedPosition();
        this.highestVersion = start.highestVersion();
    }

    /** Carries out what can be; members that cannot are refused. Throws nothing. */
    void commit(final MergeGroup group) {
        try {
            if (latch.isSet()) {
                refuseAll(group, latch.refusal());
                return;
            }
            if (monotone) {
                refuseLowerVersions(group);
            }
            if (group.bytes() == 0) {
                answerEmpty(group);
                return;
            }
            backPressure.admit(group.bytes());
            makeRoom(group.records(), group.dataBytes(), group.bytes());
        } catch (final AvccDbException noRoom) {
            refuseAll(group, noRoom);
            return;
        } catch (final Error | RuntimeException unexpected) {
            fail(group, unexpected);
            return;
        }
        try {
            append(group);
            if (group.isSync()) {
                sync();
            }
            insert(group);
        } catch (final Error | RuntimeException inDoubt) {
            fail(group, inDoubt);
        }
    }

    private void answerEmpty(final MergeGroup group) {
        for (int i = 0; i < group.count(); i++) {
            group.member(i).carriedOut(lastSequence);
        }
    }

    private void append(final MergeGroup group) {
        journal.begin(lastSequence + 1, group.isSync());
        int entries = 0;
        for (int i = 0; i < group.count(); i++) {
            final WriteSlot slot = group.member(i);
            if (slot.refusal() == null && slot.length() > 0) {
                journal.add(slot.content(), slot.offset(), slot.length());
                entries += slot.entries();
            }
        }
        journal.end(entries);
    }

    /** Makes all that was appended durable. */
    void sync() {
        final long begin = clock.getAsLong();
        journal.sync();
        observer.synced(clock.getAsLong() - begin);
    }

    private void insert(final MergeGroup group) {
        final Memtable memtable = runs.active();
        long sequence = lastSequence;
        for (int i = 0; i < group.count(); i++) {
            final WriteSlot slot = group.member(i);
            if (slot.refusal() == null) {
                sequence = insert(memtable, slot, sequence);
                slot.carriedOut(sequence);
            }
        }
        lastSequence = sequence;
        views.makeVisible(sequence);
        observer.committed(group.count(), group.records(), group.bytes());
    }

    private long insert(final Memtable memtable, final WriteSlot slot, final long before) {
        final DirectBuffer content = slot.content();
        final int end = slot.offset() + slot.length();
        long sequence = before;
        for (int at = slot.offset(); at < end; at = EntryDescriptor.end(content, at)) {
            final int type = EntryDescriptor.type(content, at);
            final long version = EntryDescriptor.version(content, at);
            if (type == RecordType.POSITION) {
                appliedPosition = version;
                positionIsNew = true;
                continue;
            }
            if (type == RecordType.PUT) {
                highestVersion = Math.max(highestVersion, version);
            }
            final int keyLength = EntryDescriptor.keyLength(content, at);
            final int keyOffset = EntryDescriptor.keyOffset(at);
            memtable.add(
                    type,
                    content,
                    keyOffset,
                    keyLength,
                    version,
                    ++sequence,
                    content,
                    keyOffset + keyLength,
                    EntryDescriptor.valueLength(content, at));
        }
        return sequence;
    }

    private void refuseLowerVersions(final MergeGroup group) {
        long highest = highestVersion;
        for (int i = 0; i < group.count(); i++) {
            final WriteSlot slot = group.member(i);
            final DirectBuffer content = slot.content();
            final int end = slot.offset() + slot.length();
            long highestOfSlot = highest;
            for (int at = slot.offset(); at < end; at = EntryDescriptor.end(content, at)) {
                if (EntryDescriptor.type(content, at) == RecordType.PUT) {
                    final long version = EntryDescriptor.version(content, at);
                    final String problem = problemOf(version, highestOfSlot);
                    if (problem != null) {
                        slot.refuse(new VersionOrderException(problem));
                        group.exclude(slot);
                        break;
                    }
                    highestOfSlot = version;
                }
            }
            if (slot.refusal() == null) {
                highest = highestOfSlot;
            }
        }
    }

    /** Why a version may not follow another one in a database whose versions never go down; null if it may. */
    static String problemOf(final long version, final long highest) {
        if (version == 0) {
            return "a plain put has no version, which a database of order MONOTONE needs: put with a version of "
                    + Math.max(1, highest) + " or higher";
        }
        return version >= highest
                ? null
                : "version " + version + " is lower than " + highest
                        + ", which was written before; in a database of order MONOTONE versions never go down";
    }

    /** Makes sure that memtable and segment have room, with new ones where they have not. */
    void makeRoom(final int records, final long dataBytes, final long journalBytes) {
        if (behindJournal || !runs.active().hasRoomFor(records, dataBytes)) {
            rotate(Memtable.arenaLength(records, dataBytes), journalBytes);
        } else if (journal.room() < journalBytes) {
            goOn(records, dataBytes, journalBytes);
        }
    }

    /**
     * Goes on in the next segment; with the next memtable too, where the present one would be full before a quarter of that
     * segment is used: so that no segment is prepared for little, and no two are asked for at once.
     */
    private void goOn(final int records, final long dataBytes, final long journalBytes) {
        supplies.want(Memtable.arenaLength(records, dataBytes), journalBytes);
        final boolean isNearlyFull = !runs.active().hasRoomFor(records, dataBytes + journal.usualRoom() / 4);
        if (isNearlyFull && runs.frozenCount() < maxFrozen && supplies.isReady()) {
            rotate(Memtable.arenaLength(records, dataBytes), journalBytes);
        } else {
            supplies.want(0, journalBytes);
            goOnInNextSegment();
        }
    }

    /** Freezes the memtable and goes on with the next one, which has at least this much room and a segment of its own. */
    void rotate(final long arenaBytes, final long journalBytes) {
        rotate(arenaBytes, journalBytes, supplies::takeArena);
    }

    private void rotate(final long arenaBytes, final long journalBytes, final Supplier<Supplies.Ready> taking) {
        final Memtable full = runs.active();
        supplies.want(arenaBytes, journalBytes);
        backPressure.await(StallCause.FROZEN_MEMTABLES, () -> runs.frozenCount() < maxFrozen);
        backPressure.await(StallCause.ROTATION, supplies::isReady);
        final long begin = clock.getAsLong();
        goOnInNextSegment();
        final Supplies.Ready ready = taking.get();
        final Memtable next =
                new Memtable(ready.arena(), ready.filter(), full.digestForNext(), seeds.getAsLong(), onFree);
        runs.rotate(next, journal.activeNumber(), progress());
        positionIsNew = false;
        observer.rotated(full.records(), full.dataBytes(), clock.getAsLong() - begin);
    }

    private void goOnInNextSegment() {
        do {
            backPressure.await(StallCause.ROTATION, supplies::isSegmentReady);
        } while (!rotateJournal());
        behindJournal = false;
    }

    /** What fails here has begun to write the next segment. */
    private boolean rotateJournal() {
        try {
            return supplies.rotateJournal(lastSequence + 1);
        } catch (final Error | RuntimeException inDoubt) {
            latch(inDoubt);
            throw latch.refusal();
        }
    }

    private static void refuseAll(final MergeGroup group, final RuntimeException why) {
        for (int i = 0; i < group.count(); i++) {
            final WriteSlot slot = group.member(i);
            if (slot.refusal() == null) {
                slot.refuse(why);
            }
        }
    }

    private void fail(final MergeGroup group, final Throwable cause) {
        latch(cause);
        refuseAll(group, latch.refusal());
    }

    /** Stops all writing. */
    void latch(final Throwable cause) {
        if (latch.set(cause)) {
            observer.latched(cause);
        }
    }

    /** Where the writes have come to. */
    Progress progress() {
        return new Progress(lastSequence, appliedPosition, highestVersion);
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Goes on from what a transaction has brought into the tables. */
    void advance(final Progress further) {
        lastSequence = further.lastSequence();
        appliedPosition = further.appliedPosition();
        highestVersion = further.highestVersion();
        behindJournal = true;
        views.makeVisible(lastSequence);
    }

    /**
     * Freezes the memtable if there is anything new in it or with it; returns how many were frozen so far. Often nothing is
     * written for long afterwards.
     */
    long rotateIfUsed() {
        latch.check();
        if (runs.active().records() > 0 || positionIsNew) {
            rotate(0, 0, supplies::takeUntouchedArena);
        }
        return runs.rotations();
    }

    /** The caller's number that the last batch with one carried; any thread. */
    public long appliedPosition() {
        return appliedPosition;
    }
}
