package org.avccdb.engine.roots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which records the parts of a memtable have, and what a root costs when there is one now and then. */
class MemtablePartsTest {
    private final MemoryLedger ledger = new MemoryLedger(1 << 26);
    private final Memtable memtable =
            new Memtable(new Arena(1 << 24, ledger), KeyDigest.LEADING_BYTES, 1, Arena::release);
    private final MemtableParts parts = new MemtableParts(HashWorker.NONE);
    private final LeafHasher hasher = new LeafHasher();
    private final Random random = new Random(5);
    private long sequence;

    @AfterEach
    void nothingIsKept() {
        memtable.release();
        assertEquals(0, ledger.totalBytes());
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            UnsafeBuffer key = new UnsafeBuffer(new byte[Integer.BYTES]);
            key.putInt(0, random.nextInt());
            memtable.add(RecordType.PUT, key, 0, key.capacity(), random.nextInt(5), ++sequence, key, 0, key.capacity());
        }
    }

    private List<Part> upTo(long moment) {
        return parts.upTo(memtable, moment, hasher);
    }

    /** That parts hold each record up to a number once, the newest first. */
    private static void check(List<Part> found, long moment) {
        long next = moment;
        for (Part part : found) {
            Set<Long> sequences = new TreeSet<>();
            for (int block = 0; block < part.summary().blocks(); block++) {
                for (int i = 0; i < part.records(block); i++) {
                    sequences.add(part.leaf(block, i).sequence());
                }
            }
            assertEquals(part.count(), sequences.size());
            assertEquals(next, part.summary().maxSequence());
            next -= part.count();
            assertEquals(next + 1, part.summary().minSequence());
        }
        assertEquals(0, next, "records that are in no part");
    }

    @Test
    void aRootNowAndThenHashesEachRecordAFewTimes() {
        Set<Part> known = Collections.newSetFromMap(new IdentityHashMap<>());
        long hashed = 0;
        int most = 0;
        for (int round = 0; round < 300; round++) {
            write(200);
            List<Part> now = upTo(sequence);
            most = Math.max(most, now.size());
            for (Part part : now) {
                hashed += known.add(part) ? part.count() : 0;
            }
            assertSame(now.get(0), upTo(sequence).get(0), "without a write nothing is made again");
        }
        check(upTo(sequence), sequence);
        assertTrue(hashed <= 4 * sequence, hashed + " records were sorted in for " + sequence);
        assertTrue(most <= 3 * MemtableParts.FAN_IN, most + " parts");
    }

    @Test
    void aMomentThatIsPastHasItsOwnRecords() {
        for (int round = 0; round < 60; round++) {
            write(1 + random.nextInt(60));
            check(upTo(sequence), sequence);
            long past = 1L + random.nextInt((int) sequence);
            check(upTo(past), past);
        }
        for (long moment = 0; moment <= sequence; moment += 7) {
            check(upTo(moment), moment);
        }
        check(upTo(sequence), sequence);
    }

    @Test
    void whatComesLaterIsLeftOut() {
        write(100);
        check(upTo(40), 40);
        check(upTo(40), 40);
        check(upTo(100), 100);
        check(upTo(40), 40);
        check(upTo(10), 10);
        check(upTo(0), 0);
    }

    /** Parts of all sizes, of which a large one comes behind small ones. */
    @Test
    void partsOfEverySizeStayFew() {
        int most = 0;
        for (int round = 0; round < 150; round++) {
            write(1 << random.nextInt(10));
            most = Math.max(most, upTo(sequence).size());
        }
        check(upTo(sequence), sequence);
        assertTrue(most <= 5 * MemtableParts.FAN_IN, most + " parts");
    }
}
