package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.table.JointFilter;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;

/**
 * A sorted sequence of records. For every user key, a newer run's records have higher sequence numbers than an older run's.
 *
 * <p>Any thread may call any method while the {@link ReadView} that the run is in keeps it in place.
 */
public sealed interface Run {
    /** Highest version of a put, 0 where there is none above. That of a memtable which is written may grow. */
    long maxPutVersion();

    /** False if there is surely no key-delete in it. */
    boolean mayHoldKeyDeletes();

    /** Moves over all its records, from before the first; to be given to {@link Cursors#detach} in the end. */
    RecordCursor cursor();

    /**
     * A memtable.
     *
     * @param cursorsUpTo sequence number above which the cursors leave records out
     */
    record MemtableRun(Memtable memtable, boolean mayHoldKeyDeletes, long cursorsUpTo) implements Run {
        /** The newest run, which is being written. */
        static MemtableRun active(final Memtable memtable) {
            return new MemtableRun(memtable, true, Long.MAX_VALUE);
        }

        /** One that nobody writes to any more. */
        static MemtableRun frozen(final Memtable memtable) {
            return new MemtableRun(memtable, memtable.keyDeletes() > 0, Long.MAX_VALUE);
        }

        /** The same, but that cursors leave out what is written to it after this sequence number. */
        MemtableRun upTo(final long sequence) {
            return new MemtableRun(memtable, mayHoldKeyDeletes, sequence);
        }

        @Override
        public long maxPutVersion() {
            return memtable.maxPutVersion();
        }

        @Override
        public RecordCursor cursor() {
            final MemtableCursor cursor = new MemtableCursor(memtable);
            return cursorsUpTo == Long.MAX_VALUE ? cursor : new BoundedCursor(cursor, cursorsUpTo);
        }
    }

    /**
     * A table that is a run of its own.
     *
     * @param joint a filter of this and other tables, or null
     * @param jointBit what stands for this table there
     */
    record TableRun(TableFile table, JointFilter joint, int jointBit, DirectBuffer smallestKey, DirectBuffer largestKey)
            implements Run {
        static TableRun of(final TableFile table) {
            return new TableRun(table, table.jointFilter(), table.jointBit(), table.smallestKey(), table.largestKey());
        }

        boolean covers(final DirectBuffer key, final int offset, final int length) {
            return Keys.compare(smallestKey, 0, smallestKey.capacity(), key, offset, length) <= 0
                    && Keys.compare(largestKey, 0, largestKey.capacity(), key, offset, length) >= 0;
        }

        @Override
        public long maxPutVersion() {
            return table.meta().maxPutVersion();
        }

        @Override
        public boolean mayHoldKeyDeletes() {
            return table.meta().keyDeletes() > 0;
        }

        @Override
        public RecordCursor cursor() {
            final TableCursor cursor = new TableCursor();
            cursor.attach(table);
            return cursor;
        }
    }

    /** A level of tables that share no user key, ordered by key. */
    record LevelRun(Version version, int level) implements Run {
        /** The table whose range of keys has this key, or null. */
        TableFile tableFor(final DirectBuffer key, final int offset, final int length) {
            final TableFile[] tables = version.level(level);
            final int at = version.find(level, key, offset, length);
            return at < tables.length && version.covers(level, at, key, offset, length) ? tables[at] : null;
        }

        @Override
        public long maxPutVersion() {
            return version.maxPutVersion(level);
        }

        @Override
        public boolean mayHoldKeyDeletes() {
            return version.keyDeletes(level) > 0;
        }

        @Override
        public RecordCursor cursor() {
            return new LevelCursor(version, level);
        }
    }
}
