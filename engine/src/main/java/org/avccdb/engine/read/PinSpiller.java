package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.table.TableFile;

/**
 * Moves memtables that only snapshots still hold to tables of their own, once they take more than a limit. One background
 * thread at a time uses it.
 *
 * <ol>
 *   <li>A private table holds all records of its memtable, so a snapshot reads the same from it. It is in no version, and is
 *       deleted with its last reference.
 *   <li>What cursors hold stays in memory: they are in the middle of it.
 * </ol>
 */
public final class PinSpiller {
    private final Views views;
    private final long limitBytes;
    private final Function<Memtable, TableFile> toTable;
    /** By the memtable itself; each table has a reference of this object's, for as long as somebody holds the memtable. */
    private final Map<Memtable, TableFile> spilled = new HashMap<>();

    /**
     * A spiller.
     *
     * @param toTable writes a memtable to a table that is marked as obsolete, with a reference that goes to this object
     */
    public PinSpiller(final Views views, final long limitBytes, final Function<Memtable, TableFile> toTable) {
        this.views = views;
        this.limitBytes = limitBytes;
        this.toTable = toTable;
    }

    /** Moves one snapshot's memtables, if too much is pinned; returns how many snapshots were served. */
    public int work() {
        forgetFreed();
        if (!views.isAnythingPinned() || views.pinStats().bytes() <= limitBytes) {
            return 0;
        }
        for (final PinnedView pin : views.snapshotPins()) {
            if (move(pin)) {
                return 1;
            }
        }
        return 0;
    }

    private boolean move(final PinnedView pin) {
        final Place place = views.enter();
        try {
            final ReadView view = pin.viewOrNull();
            if (view == null) {
                return false;
            }
            final List<Memtable> movable = new ArrayList<>(view.memtables());
            views.view(place).memtables().forEach(movable::remove);
            if (movable.isEmpty()) {
                return false;
            }
            final Map<Memtable, TableFile> tables = new HashMap<>();
            for (final Memtable memtable : movable) {
                tables.put(memtable, memtable.records() == 0 ? null : tableOf(memtable));
            }
            pin.replace(view, view.withTables(tables));
            return true;
        } finally {
            views.exit(place);
        }
    }

    private TableFile tableOf(final Memtable memtable) {
        TableFile table = spilled.get(memtable);
        if (table == null) {
            table = toTable.apply(memtable);
            spilled.put(memtable, table);
        }
        return table;
    }

    private void forgetFreed() {
        if (spilled.isEmpty()) {
            return;
        }
        final Iterator<Map.Entry<Memtable, TableFile>> entries =
                spilled.entrySet().iterator();
        while (entries.hasNext()) {
            final Map.Entry<Memtable, TableFile> entry = entries.next();
            if (entry.getKey().references() == 0) {
                entry.getValue().release();
                entries.remove();
            }
        }
    }

    /** Lets go of what was kept for further snapshots. */
    public void close() {
        spilled.values().forEach(TableFile::release);
        spilled.clear();
    }
}
