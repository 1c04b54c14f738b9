package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.read.Run.LevelRun;
import org.avccdb.engine.read.Run.MemtableRun;
import org.avccdb.engine.read.Run.TableRun;
import org.avccdb.engine.table.JointFilter;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Finds the records of one key, run after run. One thread uses it; it is made for one key after the other without garbage.
 *
 * <ol>
 *   <li>One cursor is open at a time; it is on a record of the key or of no further use.
 *   <li>What {@link #keep kept} cursor is on stays in place until another one is kept or all is let go.
 * </ol>
 */
final class KeyProbe {
    /** Records that are stepped over before a seek is thought to be cheaper. */
    private static final int STEPS = 4;

    /** Cursors over memtables that are kept for their next use: those of as many memtables as there mostly are. */
    private static final int MEMTABLE_CURSORS = 12;

    private final Memtable[] memtables = new Memtable[MEMTABLE_CURSORS];
    private final MemtableCursor[] memtableCursors = new MemtableCursor[MEMTABLE_CURSORS];
    private int nextReplaced;

    private final FilterUse oldestFilters = new FilterUse();

    // Made at once, as the hash of each key is: what is done only the first time, or now and then, would make the JVM
    // throw away what it has compiled for all other times.
    private TableCursor tableCursor = new TableCursor();
    private TableCursor keptTableCursor = new TableCursor();

    private DirectBuffer key;
    private int keyOffset;
    private int keyLength;
    private long highestStamp;
    private long hash;
    /** The last that was asked for the key, or null. */
    private JointFilter joint;
    /** Which tables of it may have the key. */
    private int tablesOfJoint;

    /** Asks for a key, and for what was written up to a sequence number. */
    void ask(final DirectBuffer buffer, final int offset, final int length, final long highestSequence) {
        key = buffer;
        keyOffset = offset;
        keyLength = length;
        highestStamp = RecordDescriptor.stamp(highestSequence, 0xFF);
        hash = KeyHash.of(buffer, offset, length);
        joint = null;
    }

    /** Lets go of the key and of all tables. */
    void letGo() {
        key = null;
        tableCursor.detach();
        keptTableCursor.detach();
    }

    /**
     * Opens a run at the first of the key's records with a version at or below this one, those above the sequence number left
     * out where they have this very version.
     *
     * @param isOldest whether there is no older run to be asked next
     * @return a cursor on a record of the key; null where there is none
     */
    RecordCursor open(final Run run, final boolean isOldest, final long version) {
        if (run instanceof MemtableRun memtableRun) {
            if (!memtableRun.memtable().mayContain(hash)) {
                return null;
            }
            final MemtableCursor cursor = cursorOver(memtableRun.memtable());
            return cursor.seek(key, keyOffset, keyLength, version, highestStamp) && isOnKey(cursor) ? cursor : null;
        }
        final TableFile table;
        if (run instanceof LevelRun levelRun) {
            table = levelRun.tableFor(key, keyOffset, keyLength);
        } else {
            final TableRun tableRun = (TableRun) run;
            table = isNotRuledOut(tableRun) && tableRun.covers(key, keyOffset, keyLength) ? tableRun.table() : null;
        }
        if (table == null) {
            return null;
        }
        if (!isOldest) {
            return mayBeIn(table) && seek(table, version) ? tableCursor : null;
        }
        final boolean found = (!oldestFilters.isWorthwhile() || mayBeIn(table)) && seek(table, version);
        oldestFilters.ended(found);
        return found ? tableCursor : null;
    }

    /** Tables that follow each other mostly share a filter, which is then asked once for the key. */
    private boolean isNotRuledOut(final TableRun run) {
        if (run.joint() == null) {
            return true;
        }
        if (run.joint() != joint) {
            joint = run.joint();
            tablesOfJoint = joint.tables(hash);
        }
        return (tablesOfJoint & run.jointBit()) != 0;
    }

    private boolean mayBeIn(final TableFile table) {
        return table.reader().mayContain(hash);
    }

    private boolean seek(final TableFile table, final long version) {
        tableCursor.attach(table.reader());
        return tableCursor.seekExactKey(key, keyOffset, keyLength, version, highestStamp);
    }

    private MemtableCursor cursorOver(final Memtable memtable) {
        for (int i = 0; i < MEMTABLE_CURSORS; i++) {
            if (memtables[i] == memtable) {
                return memtableCursors[i];
            }
        }
        final int replaced = nextReplaced;
        nextReplaced = (replaced + 1) % MEMTABLE_CURSORS;
        memtables[replaced] = memtable;
        memtableCursors[replaced] = new MemtableCursor(memtable);
        return memtableCursors[replaced];
    }

    /**
     * Moves on to the first record of the key with a version at or below this one, which is at or behind the present record;
     * those above the sequence number are left out where they have this very version.
     *
     * @return whether there is one
     */
    boolean skipTo(final RecordCursor cursor, final long version) {
        return skipTo(cursor, version, highestStamp);
    }

    /** The same to the first record of a lower version. */
    boolean skipVersion(final RecordCursor cursor, final long version) {
        return version > 0 && skipTo(cursor, version - 1, Keys.FIRST_STAMP);
    }

    private boolean skipTo(final RecordCursor cursor, final long version, final long stamp) {
        for (int step = 0; step < STEPS; step++) {
            if (!cursor.next() || !isOnKey(cursor)) {
                return false;
            }
            if (Keys.compareWithinKey(cursor.version(), cursor.stamp(), version, stamp) >= 0) {
                return true;
            }
        }
        return cursor.seek(key, keyOffset, keyLength, version, stamp) && isOnKey(cursor);
    }

    private boolean isOnKey(final RecordCursor cursor) {
        return cursor.keyLength() == keyLength
                && Keys.compare(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength(), key, keyOffset, keyLength)
                        == 0;
    }

    /** Keeps what a cursor is on in place while other runs are opened. */
    void keep(final RecordCursor cursor) {
        if (cursor == tableCursor) {
            final TableCursor unused = keptTableCursor;
            keptTableCursor = tableCursor;
            tableCursor = unused;
        }
    }
}
