package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.metrics.Metrics;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.junit.jupiter.api.Test;

/** Files of obsolete tables go in the order that they were given, however they come. */
class DisposalsTest {
    private final SimulatedStorage files = new SimulatedStorage();
    private int asked;
    private final Storage storage = (Storage) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                asked++;
                try {
                    return method.invoke(files, arguments);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });
    private final List<Long> told = new ArrayList<>();
    private final Disposals disposals = new Disposals(
            storage,
            new EventLog(
                    new Metrics(),
                    new EventListener() {
                        @Override
                        public void tableDeleted(TableDeleted event) {
                            told.add(event.table());
                        }
                    },
                    line -> {},
                    InstantSource.system()));
    private final TableCache cache = new TableCache(storage, null, 10, false, disposals::add);

    /** Obsolete, with one reference. */
    private TableFile table(long number, Long... after) {
        files.create(FileNames.table(number)).close();
        byte[] key = {1};
        TableFile table = new TableFile(
                new TableMeta(number, 1, key, key, 1, 0, 0, 1, 1, 0, null, new TableOrigin(1, new long[0], number, 1)),
                cache);
        table.goesAfter(List.of(after));
        table.markObsolete();
        return table;
    }

    @Test
    void whatMustWaitGoesWithWhatItWaitsFor() {
        TableFile first = table(1);
        table(3, 2L).release();
        table(2, 1L).release();
        assertEquals(0, disposals.work());
        asked = 0;
        assertEquals(0, disposals.work());
        assertEquals(0, asked, "files were asked for, though nothing has gone");
        first.release();
        assertEquals(3, disposals.work());
        assertEquals(List.of(1L, 2L, 3L), told);
        assertEquals(List.of(), files.list());
    }

    @Test
    void whatStillWaitsAtTheEndIsLeftToTheNextOpening() {
        table(1);
        table(2, 1L).release();
        disposals.close();
        assertEquals(List.of(), told);
        assertEquals(List.of(FileNames.table(1), FileNames.table(2)), files.list());
        assertEquals(0, disposals.work());
    }
}
