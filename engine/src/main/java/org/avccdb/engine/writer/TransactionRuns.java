package org.avccdb.engine.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.avccdb.VersionOrderException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.ReadView;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.table.TableFile;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;

/**
 * What an open transaction has written: a memtable of its own and, once that has been full, tables of its own. One thread at
 * a time uses it.
 *
 * <ol>
 *   <li>Its records have the sequence numbers that they will have in the database: nobody else gets any meanwhile.
 *   <li>Its tables are in no manifest before it is committed.
 * </ol>
 */
public final class TransactionRuns {
    private final Views views;
    private final ReadView base;
    private final long baseSequence;
    private final int arenaBytes;
    private final MemoryLedger ledger;
    private final LongSupplier seeds;
    private final Function<Memtable, TableFile> spiller;
    private final boolean monotone;
    private final List<TableFile> tablesNewestFirst = new ArrayList<>();

    private Memtable memtable;
    private ReadView view;
    private long lastSequence;
    private long appliedPosition;
    private long highestVersion;

    /**
     * Nothing so far.
     *
     * @param base the state before it, with a reference that goes to this object
     * @param start where the writes have come to
     * @param arenaBytes when this much is written it goes to a table
     * @param spiller makes a table of a memtable, and waits for it
     */
    public TransactionRuns(
            final Views views,
            final ReadView base,
            final Progress start,
            final int arenaBytes,
            final MemoryLedger ledger,
            final LongSupplier seeds,
            final boolean monotone,
            final Function<Memtable, TableFile> spiller) {
        this.views = views;
        this.base = base;
        this.baseSequence = start.lastSequence();
        this.arenaBytes = arenaBytes;
        this.ledger = ledger;
        this.seeds = seeds;
        this.monotone = monotone;
        this.spiller = spiller;
        this.lastSequence = start.lastSequence();
        this.appliedPosition = start.appliedPosition();
        this.highestVersion = start.highestVersion();
        try {
            begin(arenaBytes);
        } catch (final RuntimeException | Error refused) {
            base.release();
            throw refused;
        }
    }

    /** Whether entries are in the order that the database asks for; throws where they are not. */
    public void checkOrder(final DirectBuffer content, final int offset, final int end) {
        if (!monotone) {
            return;
        }
        long highest = highestVersion;
        for (int at = offset; at < end; at = EntryDescriptor.end(content, at)) {
            if (EntryDescriptor.type(content, at) == RecordType.PUT) {
                final long version = EntryDescriptor.version(content, at);
                final String problem = Committer.problemOf(version, highest);
                if (problem != null) {
                    throw new VersionOrderException(problem);
                }
                highest = version;
            }
        }
    }

    /** Takes entries; what makes that fail leaves those before. */
    public void add(final DirectBuffer content, final int offset, final int end) {
        for (int at = offset; at < end; at = EntryDescriptor.end(content, at)) {
            final int type = EntryDescriptor.type(content, at);
            final long version = EntryDescriptor.version(content, at);
            if (type == RecordType.POSITION) {
                appliedPosition = version;
                continue;
            }
            addRecord(content, at, type, version);
        }
    }

    private void addRecord(final DirectBuffer content, final int at, final int type, final long version) {
        final int keyLength = EntryDescriptor.keyLength(content, at);
        final int valueLength = EntryDescriptor.valueLength(content, at);
        final long bytes = (long) keyLength + valueLength;
        if (!memtable.hasRoomFor(1, bytes)) {
            begin((int) Math.max(arenaBytes, Memtable.arenaLength(1, bytes)));
        }
        final int keyOffset = EntryDescriptor.keyOffset(at);
        memtable.add(
                type,
                content,
                keyOffset,
                keyLength,
                version,
                lastSequence + 1,
                content,
                keyOffset + keyLength,
                valueLength);
        lastSequence++;
        if (type == RecordType.PUT) {
            highestVersion = Math.max(highestVersion, version);
        }
    }

    /** The next memtable comes first: where there is no memory for it, or the one before cannot be written, that one stays. */
    private void begin(final int bytes) {
        final Memtable next =
                new Memtable(new Arena(bytes, ledger), KeyDigest.LEADING_BYTES, seeds.getAsLong(), Arena::release);
        try {
            letMemtableGo();
        } catch (final RuntimeException | Error failure) {
            next.release();
            throw failure;
        }
        final ReadView before = view;
        memtable = next;
        view = ReadView.overlay(List.of(memtable), tablesNewestFirst, base, baseSequence);
        if (before != null) {
            views.retire(before::release);
        }
    }

    private void letMemtableGo() {
        if (memtable != null && memtable.records() > 0) {
            spill(spiller);
        } else if (memtable != null) {
            memtable.release();
        }
    }

    private void spill(final Function<Memtable, TableFile> how) {
        tablesNewestFirst.add(0, how.apply(memtable));
        memtable.release();
        memtable = null;
    }

    /** Moves what is left to a last table; nothing can be added any more. There is always something left. */
    public void spillAll(final Function<Memtable, TableFile> how) {
        spill(how);
    }

    /** Its tables, newest first. */
    public List<TableFile> tables() {
        return tablesNewestFirst;
    }

    /** Whether it has grown beyond a memtable. */
    public boolean hasTables() {
        return !tablesNewestFirst.isEmpty();
    }

    /** What it has written, upon the state before it. */
    public ReadView view() {
        return view;
    }

    /** Where the writes have come to, with its own. */
    public Progress progress() {
        return new Progress(lastSequence, appliedPosition, highestVersion);
    }

    /** Lets go of everything; tables that were not taken over are deleted. */
    public void close(final boolean discarded) {
        if (memtable != null) {
            memtable.release();
            memtable = null;
        }
        views.retire(view::release);
        views.retire(base::release);
        for (final TableFile table : tablesNewestFirst) {
            if (discarded) {
                table.markObsolete();
            }
            table.release();
        }
    }
}
