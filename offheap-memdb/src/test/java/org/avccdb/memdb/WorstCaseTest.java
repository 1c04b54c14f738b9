package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What was found to have room before must find it, however keys are spread. */
final class WorstCaseTest {
    private static final long SEED = 20_240_517;

    @Test
    void recordsThatFitByTheBoundFindRoom() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            fill(random, round);
        }
    }

    private static void fill(Random random, int round) {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        Arena arena = new Arena(SkipList.overheadLength() + 12_000 + random.nextInt(60_000), ledger);
        SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, random.nextLong());
        UnsafeBuffer key = new UnsafeBuffer(new byte[64]);
        boolean ordered = random.nextBoolean();
        long present = 0;
        while (true) {
            int records = 1 + random.nextInt(40);
            int valueLength = random.nextInt(50);
            if (SkipList.worstCaseLength(records, records * (8L + valueLength), present) > arena.free()) {
                break;
            }
            for (int i = 0; i < records; i++) {
                key.putLong(0, Long.reverseBytes(ordered ? present : random.nextLong()));
                long stamp = RecordDescriptor.stamp(present + 1, 1);
                assertTrue(
                        list.writer().add(key, 0, 8, 0, stamp, key, 8, valueLength),
                        "round " + round + " of seed " + SEED + ", record " + present);
                present++;
            }
        }
        assertTrue(present > 0, "the bound leaves no room at all");
        arena.release();
    }

    @Test
    void arenasThatReadersHoldDoNotCountAgainstTheBudget() {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        ArenaPool pool = new ArenaPool(8_192, 1, 8_192, 0, () -> 0, ledger);
        Arena held = pool.take(8_192);
        assertTrue(pool.take(8_192) == null, "the budget is for one");
        pool.disown(held);
        Arena next = pool.take(8_192);
        assertTrue(next != null, "what is disowned counts");
        pool.give(held);
        pool.give(next);
        pool.close();
        assertTrue(ledger.totalBytes() == 0, ledger::toString);
    }
}
