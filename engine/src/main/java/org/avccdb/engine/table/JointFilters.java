package org.avccdb.engine.table;

import java.util.HashMap;
import java.util.Map;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;

/**
 * The {@link JointFilter}s of the tables of level 0. Any thread may call any method; readers of the filters call none.
 *
 * <ol>
 *   <li>A bit of a filter is given to one table only, ever. So it need not be cleared, and none is asked for the wrong table.
 *   <li>A filter is freed with the last of the tables that have a bit of it. All changes are made under the lock of this.
 *   <li>A table whose bit cannot be had, for want of memory or because it has too many keys, has its own filter all the same.
 * </ol>
 */
final class JointFilters {
    private static final int MIN_LINES = 1 << 10;
    /** 16 MiB: tables for which that is too small are few. */
    private static final int MAX_LINES = 1 << 18;
    /** More are in use only where tables are held for long: by snapshots, or where they have moved to a deeper level as they are. */
    private static final int MAX_FILTERS = 4;
    /** A line has so many bits for each table. */
    private static final int LINE_BITS = JointFilter.LINE_LENGTH * Byte.SIZE / JointFilter.TABLES;

    private final MemoryLedger ledger;
    /** Of tables that are finished but not yet part of the database, by number. */
    private final Map<Long, Share> expected = new HashMap<>();

    private final Map<JointFilter, Integer> shares = new HashMap<>();
    private JointFilter filling;
    private int given;

    JointFilters(final MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** A table's bit in a filter; to be given back once. */
    record Share(JointFilter filter, int bit) {}

    /** Gives a table that has been written a bit, and sets it for all its keys. */
    synchronized void expect(final long table, final FilterBuilder keys) {
        final long bits = keys.keys() * keys.bitsPerKey();
        if (bits == 0 || bits > (long) MAX_LINES * LINE_BITS) {
            return;
        }
        if (filling == null || given == JointFilter.TABLES || bits > 2L * filling.lines() * LINE_BITS) {
            final JointFilter next = next((int) Math.max(MIN_LINES, (bits + LINE_BITS - 1) / LINE_BITS));
            if (next == null) {
                return;
            }
            filling = next;
            given = 0;
        }
        final Share share = new Share(filling, 1 << given);
        given++;
        shares.merge(filling, 1, Integer::sum);
        keys.addTo(share.filter(), share.bit());
        expected.put(table, share);
    }

    private JointFilter next(final int lines) {
        if (shares.size() == MAX_FILTERS) {
            return null;
        }
        try {
            return new JointFilter(lines, ledger);
        } catch (final OutOfNativeMemoryException refused) {
            return null;
        }
    }

    /** The bit of a table that becomes part of the database, whose it is from now on; null for none. */
    synchronized Share take(final long table) {
        return expected.remove(table);
    }

    /** A table will not become part of the database. */
    synchronized void forget(final long table) {
        final Share share = expected.remove(table);
        if (share != null) {
            giveBack(share);
        }
    }

    /** Nobody asks for this bit any more. */
    synchronized void giveBack(final Share share) {
        final JointFilter filter = share.filter();
        final int left = shares.merge(filter, -1, Integer::sum);
        if (left == 0) {
            shares.remove(filter);
            filter.free();
            if (filter == filling) {
                filling = null;
            }
        }
    }

    /** Forgets all tables that are not part of the database. */
    synchronized void close() {
        expected.values().forEach(this::giveBack);
        expected.clear();
    }
}
