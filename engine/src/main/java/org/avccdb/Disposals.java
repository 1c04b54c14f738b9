package org.avccdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.EventListener.TableDeleted;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableReader;

/**
 * Tables that nobody needs any more: closed, and deleted where they are no longer part of the database, by a background thread
 * and not by the reader who happened to be the last.
 *
 * <p>Any thread may call any method.
 */
final class Disposals {
    private final Storage storage;
    private final EventLog events;
    private final ConcurrentLinkedQueue<TableFile> unused = new ConcurrentLinkedQueue<>();
    /** Taken from there; the oldest first. Guarded by this. */
    private final List<TableFile> waiting = new ArrayList<>();

    private volatile boolean closed;

    Disposals(final Storage storage, final EventLog events) {
        this.storage = storage;
        this.events = events;
    }

    void add(final TableFile table) {
        unused.add(table);
        if (closed) {
            work();
        }
    }

    /** There is no background thread any more: from now on whoever lets a table go last closes it. */
    void close() {
        closed = true;
        work();
    }

    /** Closes, and deletes, what has been handed in, but for what has to wait for others to be deleted. */
    synchronized int work() {
        int done = 0;
        for (TableFile table = unused.poll(); table != null; table = unused.poll()) {
            if (disposeIfAllowed(table)) {
                done++;
            } else {
                waiting.add(table);
            }
        }
        // There may be thousands, each of which asks for other files; only what is deleted here lets one of them go.
        int before = done > 0 ? waiting.size() : 0;
        while (before > 0 && waiting.removeIf(this::disposeIfAllowed)) {
            done += before - waiting.size();
            before = waiting.size();
        }
        if (closed) {
            waiting.forEach(TableFile::keepFile);
            waiting.forEach(this::dispose);
            waiting.clear();
        }
        return done;
    }

    private boolean disposeIfAllowed(final TableFile table) {
        if (table.mustWait()) {
            return false;
        }
        dispose(table);
        return true;
    }

    private void dispose(final TableFile table) {
        try {
            table.dispose();
            if (!storage.exists(FileNames.table(table.meta().number()))) {
                events.tableDeleted(
                        new TableDeleted(table.meta().number(), table.meta().bytes()));
            }
        } catch (final AvccDbException failure) {
            events.backgroundError(new BackgroundError("deletion of an obsolete table", failure));
        }
    }

    /** Closes readers beyond the capacity, once nobody can be inside. */
    static int letSurplusGo(final TableCache tables, final Views views) {
        final List<TableReader> surplus = tables.surplus();
        // By index: this is asked all the time, and an iterator each time is garbage.
        for (int i = 0; i < surplus.size(); i++) {
            views.retire(surplus.get(i)::close);
        }
        return surplus.size();
    }
}
