package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AllocationFailureTest {
    /** Counts allocations and refuses one of them. */
    private static final class Refuser implements MemoryLedger.AllocationGuard {
        private final OutOfNativeMemoryException refusal = new OutOfNativeMemoryException("planned");
        private int refused = -1;
        private int asked;

        @Override
        public void admit(MemoryPurpose purpose, long bytes) {
            if (asked++ == refused) {
                throw refusal;
            }
        }
    }

    /** What was made, to be closed whatever happens. */
    private final Deque<Runnable> made = new ArrayDeque<>();

    private final Map<Arena, ArenaPool> out = new HashMap<>();

    @Test
    void wheneverAnAllocationIsRefusedNothingLeaks() {
        Refuser refuser = new Refuser();
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE, refuser);
        scenario(ledger);
        closeAll();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        int allocations = refuser.asked;
        assertTrue(allocations >= 10, () -> "only " + allocations + " allocations");

        for (int n = 0; n < allocations; n++) {
            refuser.asked = 0;
            refuser.refused = n;
            assertSame(refuser.refusal, assertThrows(OutOfNativeMemoryException.class, () -> scenario(ledger)));
            assertEquals(n + 1, refuser.asked, "nothing is tried after a refusal");
            closeAll();
            int refused = n;
            assertEquals(0, ledger.totalBytes(), () -> "allocation " + refused + " refused: " + ledger);

            refuser.asked = 0;
            refuser.refused = -1;
            scenario(ledger);
            closeAll();
            assertEquals(0, ledger.totalBytes(), ledger::toString);
        }
        assertEquals(0, ledger.abandonedBytes());
    }

    @Test
    void whereverTheLimitIsNothingLeaks() {
        MemoryLedger unlimited = new MemoryLedger(Long.MAX_VALUE);
        scenario(unlimited);
        long enough = unlimited.totalBytes() + 1_000_000;
        closeAll();
        int refusals = 0;
        int successes = 0;
        for (long limit = 0; limit < enough; limit += 5_003) {
            MemoryLedger ledger = new MemoryLedger(limit);
            try {
                scenario(ledger);
                successes++;
            } catch (OutOfNativeMemoryException refused) {
                refusals++;
            }
            closeAll();
            assertEquals(0, ledger.totalBytes(), ledger::toString);
            for (MemoryPurpose purpose : MemoryPurpose.values()) {
                assertEquals(0, ledger.bytes(purpose), ledger::toString);
            }
        }
        assertTrue(refusals > 10 && successes > 10, refusals + " refusals, " + successes + " successes");
    }

    private void closeAll() {
        while (!made.isEmpty()) {
            made.pop().run();
        }
        List.copyOf(out.keySet()).forEach(this::giveBack);
    }

    /** Maps, arenas and a pool side by side, used, reset, closed, and given back in part. */
    private void scenario(MemoryLedger ledger) {
        long[] now = {0};
        ArenaPool pool = new ArenaPool(20_000, 2, 200_000, 10, () -> now[0], ledger);
        made.push(pool::close);
        MemDb first = map(10_000, ledger);
        fill(first);
        Arena one = take(pool, 0);
        Arena two = take(pool, 0);
        Arena large = take(pool, 50_000);
        SkipList list = new SkipList(two, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        UnsafeBuffer key = TestMap.buffer("key");
        assertTrue(list.writer().add(key, 0, 3, 1, 1, key, 0, 3));
        giveBack(one);
        MemDb second = map(0, ledger);
        assertEquals(0, second.length());
        first.reset();
        fill(first);
        MemDbIterator iterator = first.iterator();
        made.push(iterator::close);
        first.close();
        giveBack(large);
        now[0] = 100;
        assertEquals(1, pool.drain());
        take(pool, 0);
        take(pool, 60_000);
        fill(map(100_000, ledger));
        fill(map(5_000, ledger));
        new MemDb(1, ledger).close();
        assertThrows(IllegalStateException.class, iterator::first);
        MemDb last = map(3_000, ledger);
        fill(last);
        try (MemDbIterator walker = last.iterator()) {
            int seen = 0;
            while (walker.next()) {
                seen++;
            }
            assertEquals(last.length(), seen);
        }
    }

    private MemDb map(int capacity, MemoryLedger ledger) {
        MemDb map = new MemDb(capacity, ledger);
        made.push(map::close);
        return map;
    }

    private Arena take(ArenaPool pool, int needed) {
        Arena arena = pool.take(needed);
        assertNotNull(arena);
        out.put(arena, pool);
        return arena;
    }

    private void giveBack(Arena arena) {
        out.remove(arena).give(arena);
    }

    private static void fill(MemDb map) {
        UnsafeBuffer key = new UnsafeBuffer(new byte[4]);
        int number = 0;
        do {
            key.putInt(0, number++);
        } while (map.put(key, 0, 4, key, 0, 4));
        assertNotEquals(0, map.length());
    }

    @Test
    void aRefusalOfTheOperatingSystemIsTold() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "only where a shell can limit a process");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String limited = "ulimit -v 2000000 && exec \"$0\" \"$@\"";
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        limited,
                        java.toString(),
                        "-Xmx64m",
                        "-XX:ReservedCodeCacheSize=32m",
                        "-XX:CompressedClassSpaceSize=32m",
                        "-XX:+UseSerialGC",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Refused.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("the operating system has no 2"), output);
        assertTrue(output.contains("for MEMTABLE; native memory: 0 bytes"), output);
    }

    /** Runs in a process that has less address space than it asks for. */
    static final class Refused {
        private Refused() {}

        public static void main(String[] arguments) {
            MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
            OutOfNativeMemoryException refusal =
                    assertThrows(OutOfNativeMemoryException.class, () -> new MemDb(2_000_000_000, ledger));
            System.out.println(refusal.getMessage());
            try (MemDb small = new MemDb(10_000, ledger)) {
                fill(small);
            }
            assertEquals(0, ledger.totalBytes());
        }
    }
}
