package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AbandonedMemoryTest {
    private static final UnsafeBuffer KEY = new UnsafeBuffer("key".getBytes(StandardCharsets.UTF_8));

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);

    @Test
    void aMapThatIsDroppedIsFreedAndCounted() throws InterruptedException {
        long out = dropMap();
        Collector.awaitZero(ledger);
        assertTrue(out > 10_000);
        assertEquals(out, ledger.abandonedBytes());
        assertAccountsAreEmpty();
    }

    private long dropMap() {
        MemDb map = new MemDb(10_000, ledger);
        assertTrue(map.put(KEY, 0, 3, KEY, 0, 3));
        return ledger.totalBytes();
    }

    @Test
    void anIteratorThatIsDroppedOpenAfterItsMapWasClosedIsFreedAndCounted() throws InterruptedException {
        long out = dropIterator();
        Collector.awaitZero(ledger);
        assertEquals(out, ledger.abandonedBytes());
        assertAccountsAreEmpty();
    }

    private long dropIterator() {
        MemDb map = new MemDb(10_000, ledger);
        assertTrue(map.put(KEY, 0, 3, KEY, 0, 3));
        MemDbIterator iterator = map.iterator();
        assertTrue(iterator.first());
        map.close();
        assertEquals(ledger.totalBytes(), ledger.bytes(MemoryPurpose.ORPHANED));
        return ledger.totalBytes();
    }

    @Test
    void aMapAndAnIteratorThatAreBothDroppedAreCountedOnce() throws InterruptedException {
        long out = dropBoth();
        Collector.awaitZero(ledger);
        assertEquals(out, ledger.abandonedBytes());
    }

    private long dropBoth() {
        MemDb map = new MemDb(10_000, ledger);
        assertTrue(map.put(KEY, 0, 3, KEY, 0, 3));
        assertTrue(map.iterator().first());
        return ledger.totalBytes();
    }

    @Test
    void whatIsClosedIsNotCounted() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            new MemDb(10_000, ledger).close();
        }
        dropMap();
        Collector.awaitZero(ledger);
        long afterOne = ledger.abandonedBytes();
        assertTrue(afterOne < 20_000, () -> "more than the one map was counted: " + ledger);
    }

    @Test
    void aViewThatIsStillInUseKeepsTheMemoryOfADroppedMap() throws InterruptedException {
        DirectBuffer view = viewOfDroppedMap();
        for (int i = 0; i < 10; i++) {
            System.gc();
            Thread.sleep(5);
        }
        assertEquals("key", view.getStringWithoutLengthUtf8(0, view.capacity()));
        assertTrue(ledger.totalBytes() > 0);
        view = null;
        Collector.awaitZero(ledger);
    }

    private DirectBuffer viewOfDroppedMap() {
        MemDb map = new MemDb(10_000, ledger);
        assertTrue(map.put(KEY, 0, 3, KEY, 0, 3));
        MemDbIterator iterator = map.iterator();
        assertTrue(iterator.first());
        return iterator.key();
    }

    private void assertAccountsAreEmpty() {
        for (MemoryPurpose purpose : MemoryPurpose.values()) {
            assertEquals(0, ledger.bytes(purpose), ledger::toString);
        }
    }
}
