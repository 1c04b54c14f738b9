package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {
    private static long bytesFor(int capacity) {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        NativeMemory memory = ledger.allocate(capacity, MemoryPurpose.POOL);
        long bytes = ledger.totalBytes();
        memory.free();
        return bytes;
    }

    private static void assertAccountsAddUp(MemoryLedger ledger) {
        long sum = 0;
        for (MemoryPurpose purpose : MemoryPurpose.values()) {
            sum += ledger.bytes(purpose);
        }
        assertEquals(ledger.totalBytes(), sum, ledger::toString);
    }

    @Test
    void aNewLedgerIsEmpty() {
        MemoryLedger ledger = new MemoryLedger(0);
        assertEquals(0, ledger.totalBytes());
        assertEquals(0, ledger.abandonedBytes());
        for (MemoryPurpose purpose : MemoryPurpose.values()) {
            assertEquals(0, ledger.bytes(purpose));
        }
        assertSame(MemoryLedger.process(), MemoryLedger.process());
    }

    @Test
    void accountsFollowWhatIsOutAndAddUp() {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        Random random = new Random(3);
        MemoryPurpose[] purposes = MemoryPurpose.values();
        List<NativeMemory> out = new ArrayList<>();
        List<MemoryPurpose> uses = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            MemoryPurpose purpose = purposes[random.nextInt(purposes.length)];
            int which = out.isEmpty() ? 0 : random.nextInt(out.size());
            if (out.isEmpty() || (out.size() < 10 && random.nextBoolean())) {
                out.add(ledger.allocate(random.nextInt(3000), purpose));
                uses.add(purpose);
            } else if (random.nextBoolean()) {
                out.get(which).assign(purpose);
                uses.set(which, purpose);
            } else {
                out.remove(which).free();
                uses.remove(which);
            }
            Map<MemoryPurpose, Long> expected = new EnumMap<>(MemoryPurpose.class);
            for (int k = 0; k < out.size(); k++) {
                expected.merge(uses.get(k), bytesFor(out.get(k).capacity()), Long::sum);
            }
            for (MemoryPurpose account : purposes) {
                assertEquals(expected.getOrDefault(account, 0L), ledger.bytes(account), ledger::toString);
            }
            assertAccountsAddUp(ledger);
        }
        out.forEach(NativeMemory::free);
        assertEquals(0, ledger.totalBytes());
        assertAccountsAddUp(ledger);
    }

    @Test
    void theLimitMayBeReachedAndNotPassed() {
        long each = bytesFor(1000);
        MemoryLedger ledger = new MemoryLedger(2 * each);
        NativeMemory first = ledger.allocate(1000, MemoryPurpose.MEMTABLE);
        NativeMemory second = ledger.allocate(1000, MemoryPurpose.POOL);
        assertEquals(2 * each, ledger.totalBytes());
        String before = ledger.toString();
        OutOfNativeMemoryException refusal =
                assertThrows(OutOfNativeMemoryException.class, () -> ledger.allocate(0, MemoryPurpose.ORPHANED));
        assertEquals(before, ledger.toString());
        assertAccountsAddUp(ledger);
        assertTrue(
                refusal.getMessage().contains(bytesFor(0) + " bytes of ORPHANED")
                        && refusal.getMessage().contains(2 * each + " of " + 2 * each),
                refusal.getMessage());
        first.free();
        NativeMemory third = ledger.allocate(1000, MemoryPurpose.MEMTABLE);
        second.free();
        third.free();
        assertEquals(0, ledger.totalBytes());
    }

    @Test
    void aMapIsRefusedWhereTheLimitIsReached() {
        MemoryLedger ledger = new MemoryLedger(100_000);
        try (MemDb first = new MemDb(60_000, ledger)) {
            long out = ledger.totalBytes();
            assertThrows(OutOfNativeMemoryException.class, () -> new MemDb(60_000, ledger));
            assertEquals(out, ledger.totalBytes());
            assertEquals(60_000, first.free());
        }
        new MemDb(60_000, ledger).close();
        assertEquals(0, ledger.totalBytes());
    }

    @Test
    void theGuardIsAskedBeforeAnythingIsReserved() {
        List<String> asked = new ArrayList<>();
        MemoryLedger[] ledger = new MemoryLedger[1];
        ledger[0] = new MemoryLedger(Long.MAX_VALUE, (purpose, bytes) -> {
            asked.add(purpose + " " + bytes + " " + ledger[0].totalBytes());
            if (asked.size() == 2) {
                throw new OutOfNativeMemoryException("refused by the guard");
            }
        });
        NativeMemory memory = ledger[0].allocate(100, MemoryPurpose.POOL);
        long out = ledger[0].totalBytes();
        assertThrows(OutOfNativeMemoryException.class, () -> ledger[0].allocate(200, MemoryPurpose.MEMTABLE));
        assertEquals(List.of("POOL 100 0", "MEMTABLE 200 " + out), asked);
        assertEquals(out, ledger[0].totalBytes());
        assertAccountsAddUp(ledger[0]);
        memory.free();
        assertEquals(0, ledger[0].totalBytes());
    }

    @Test
    void anAccountKeepsNothingOfWhatIsFreedTwiceOrMovedAfterwards() {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        NativeMemory memory = ledger.allocate(100, MemoryPurpose.MEMTABLE);
        memory.assign(MemoryPurpose.ORPHANED);
        memory.free();
        memory.free();
        memory.assign(MemoryPurpose.POOL);
        for (MemoryPurpose purpose : MemoryPurpose.values()) {
            assertEquals(0, ledger.bytes(purpose), ledger::toString);
        }
        assertEquals(0, ledger.totalBytes());
        assertEquals(0, ledger.abandonedBytes());
    }

    @Test
    void badArgumentsAreRefusedAndChangeNothing() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryLedger(-1));
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> ledger.allocate(-1, MemoryPurpose.POOL));
        assertThrows(IllegalArgumentException.class, () -> ledger.allocate(Integer.MIN_VALUE, MemoryPurpose.POOL));
        assertEquals(0, ledger.totalBytes());
        assertAccountsAddUp(ledger);
    }

    @Test
    void showsEveryAccount() {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        NativeMemory memory = ledger.allocate(100, MemoryPurpose.POOL);
        long out = ledger.totalBytes();
        assertEquals(
                "native memory: " + out + " bytes, MEMTABLE 0, POOL " + out
                        + ", PINNED 0, ORPHANED 0, BLOCK_CACHE 0, TABLE_INDEX 0, WRITE_QUEUE 0, SCRATCH 0, abandoned 0",
                ledger.toString());
        memory.free();
    }
}
