package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a record costs beside its key and value: random 16-byte keys, 100-byte values, 64 MiB of arena. */
class OverheadTest {
    private static final int ARENA_BYTES = 64 << 20;
    private static final int KEY_LENGTH = 16;
    private static final int VALUE_LENGTH = 100;

    private final Random random = new Random(7);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);

    @Test
    void aPlainRecordCostsAtMostFortyBytes() {
        try (MemDb map = new MemDb(ARENA_BYTES)) {
            while (putRandom(map)) {
                // Until the map is full.
            }
            checkOverhead(map.capacity() - map.free(), map.length(), 40);
        }
    }

    private boolean putRandom(MemDb map) {
        random.nextBytes(key.byteArray());
        return map.put(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH);
    }

    @Test
    void anInternalRecordCostsAtMostFiftySixBytes() {
        Arena arena = new Arena(ARENA_BYTES, MemoryLedger.process());
        SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        int records = 0;
        while (addRandom(list, records)) {
            records++;
        }
        int used = arena.used();
        arena.release();
        checkOverhead(used, records, 56);
    }

    private boolean addRandom(SkipList list, int sequence) {
        random.nextBytes(key.byteArray());
        long stamp = RecordDescriptor.stamp(sequence, 1);
        return list.writer().add(key, 0, KEY_LENGTH, 1, stamp, value, 0, VALUE_LENGTH);
    }

    private static void checkOverhead(int used, int records, int most) {
        double overhead = (double) used / records - KEY_LENGTH - VALUE_LENGTH;
        assertTrue(overhead <= most, () -> overhead + " bytes of overhead a record over " + records + " records");
    }
}
