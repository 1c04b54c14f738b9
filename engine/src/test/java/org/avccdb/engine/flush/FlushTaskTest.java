package org.avccdb.engine.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.avccdb.KeyRange;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.CompactionPicker;
import org.avccdb.engine.compaction.CompactionTask;
import org.avccdb.engine.compaction.KeySpan;
import org.avccdb.engine.compaction.RangeCompaction;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.compaction.TestDatabase;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushTaskTest {
    private final TestDatabase database =
            new TestDatabase(new SimulatedStorage(), TestDatabase.smallOptions().build());

    @AfterEach
    void close() {
        database.check("at the end");
        database.checkNothingIsLeft("at the end");
        database.close();
    }

    private static byte[] key(final String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private void put(final String... keys) {
        for (final String key : keys) {
            database.put(key(key), 1, new byte[10]);
        }
    }

    private String tables() {
        final StringBuilder text = new StringBuilder();
        for (int level = 0; level < 7; level++) {
            text.append(database.version().level(level).length);
        }
        return text.toString().replaceAll("0*$", "");
    }

    private TaskStatistics flush(final int memtables) {
        database.freeze();
        final TaskStatistics statistics = database.run(database.flushTask(memtables));
        database.dropFrozen(memtables);
        return statistics;
    }

    @Test
    void theFirstTableGoesToLevel1AndTheNextAboveIt() {
        put("a", "m");
        database.flush();
        assertEquals("01", tables());
        put("b", "z");
        database.flush();
        assertEquals("11", tables());
        put("n");
        database.flush();
        assertEquals("21", tables());
        put("zz");
        database.flush();
        assertEquals("22", tables());
    }

    @Test
    void level2IsOpenedByCompactionsAlone() {
        put("a");
        database.flush();
        put("b");
        database.flush();
        assertEquals("02", tables());
        put("a");
        database.flush();
        final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
        assertFalse(picker.isNeeded(database.version()));
        compact();
        assertEquals("02", tables());
        moveDown();
        put("c");
        database.flush();
        assertEquals("003", tables());
        put("b");
        database.flush();
        assertEquals("013", tables());
        put("b");
        database.flush();
        assertEquals("113", tables());
    }

    private void compact() {
        final RangeCompaction all = new RangeCompaction(database.context(), KeyRange.all());
        for (Compaction plan = all.next(); plan != null; plan = all.next()) {
            database.run(new CompactionTask(database.context(), plan));
        }
    }

    /** What is in level 1 goes to level 2. */
    private void moveDown() {
        final org.avccdb.engine.manifest.VersionEdit edit = new org.avccdb.engine.manifest.VersionEdit();
        for (final org.avccdb.engine.table.TableFile table : database.version().level(1)) {
            edit.remove(1, table.meta().number()).add(2, table.meta());
        }
        database.context().versions().apply(edit);
    }

    @Test
    void tooMuchBelowKeepsItUp() {
        final KeySpan span = new KeySpan(key("a"), key("b"));
        put("a");
        database.flush();
        moveDown();
        final long bytes = database.version().bytes(2);
        assertEquals(1, FlushLevel.choose(database.version(), database.context().inFlight(), span, bytes));
        assertEquals(0, FlushLevel.choose(database.version(), database.context().inFlight(), span, bytes - 1));
    }

    @Test
    void whatIsInFlightCountsAsTaken() {
        put("a", "c");
        database.flush();
        moveDown();
        final KeySpan span = new KeySpan(key("m"), key("n"));
        final var inFlight = database.context().inFlight();
        assertEquals(2, FlushLevel.choose(database.version(), inFlight, span, 1 << 20));
        final KeySpan around = new KeySpan(key("a"), key("z"));
        for (final int level : new int[] {2, 1, 0}) {
            final var claim = inFlight.claim(level, level, around);
            assertEquals(Math.max(0, level - 1), FlushLevel.choose(database.version(), inFlight, span, 1 << 20));
            inFlight.release(claim);
        }
    }

    @Test
    void itsLevelIsClaimedUntilItIsClosed() {
        put("a", "m");
        database.freeze();
        final FlushTask task = database.flushTask(1);
        assertEquals(1, task.level());
        assertTrue(database.context().inFlight().conflicts(0, 1, new KeySpan(key("b"), key("c"))));
        task.close();
        assertEquals(0, database.context().inFlight().size());
    }

    @Test
    void ofSeveralMemtablesComesOneTable() {
        put("a", "b");
        database.freeze();
        database.put(key("a"), 1, new byte[20]);
        database.delete(key("b"));
        database.freeze();
        put("b");
        database.freeze();
        final TaskStatistics statistics = flush(3);
        assertEquals(5, statistics.recordsRead());
        assertEquals(3, statistics.recordsDropped());
        assertEquals("01", tables());
        final TableMeta table = database.version().level(1)[0].meta();
        assertEquals(2, table.records());
        assertEquals(5, table.maxSequence());
        assertEquals(5, database.context().versions().flushedSequence());
    }

    @Test
    void deletesOfWhatIsNowhereElseGo() {
        put("a", "b");
        database.delete(key("a"));
        database.deleteVersion(key("b"), 1);
        final TaskStatistics statistics = flush(1);
        assertEquals(4, statistics.recordsDropped());
        assertEquals(0, statistics.tablesWritten());
        assertEquals("", tables());
        assertEquals(4, database.context().versions().flushedSequence());
    }

    @Test
    void deletesOfWhatMayBeInATableStay() {
        put("a", "c");
        database.flush();
        put("b");
        database.flush();
        put("d");
        database.delete(key("b"));
        database.delete(key("d"));
        final TaskStatistics statistics = flush(1);
        assertEquals(2, statistics.recordsDropped());
        assertEquals("21", tables());
        assertEquals(1, database.version().level(0)[0].meta().keyDeletes());
    }

    @Test
    void level0IsOneTableAndDeeperIsCut() {
        for (int i = 0; i < 500; i++) {
            put(String.format("k%03d", i));
        }
        database.flush();
        final int level1 = database.version().level(1).length;
        assertTrue(level1 > 2, "" + level1);
        for (int i = 0; i < 500; i++) {
            put(String.format("k%03d", i));
        }
        database.flush();
        assertEquals(1, database.version().level(0).length);
    }

    @Test
    void manyVersionsOfOneKeyStayInOneTable() {
        for (int round = 0; round < 3; round++) {
            for (int version = 1; version < 400; version++) {
                database.put(key("key"), version, new byte[40]);
            }
            database.flush();
        }
        assertEquals("21", tables());
        compact();
        assertEquals("01", tables());
        assertEquals(399, database.version().level(1)[0].meta().records());
    }

    @Test
    void theSameVersionAgainAfterAFlushIsNoObstacle() {
        for (int round = 0; round < 10; round++) {
            put("a", "b", "c");
            database.flush();
            final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
            for (Compaction plan = picker.pick(); plan != null; plan = picker.pick()) {
                database.run(new CompactionTask(database.context(), plan));
            }
        }
        compact();
        assertEquals(3, database.version().level(1)[0].meta().records());
    }

    @Test
    void nothingIsNoFlush() {
        assertThrows(IllegalArgumentException.class, () -> new FlushTask(database.context(), List.of(), List.of(), 0));
    }
}
