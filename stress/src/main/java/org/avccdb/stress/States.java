package org.avccdb.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.KeyOrder;
import org.avccdb.memdb.MemDb;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.SkipList;

/**
 * Memory for states. jcstress makes states in blocks, and says of none when it is over; what is unreachable frees its
 * memory itself, so states are kept small, and a collection is asked for where many are out.
 */
final class States {
    /** An insertion more splits the first leaf. */
    static final int FULL = 32;

    private static final long MANY_BYTES = 512L << 20;
    private static final int LIST_BYTES = 4 << 10;
    private static final AtomicInteger SEED = new AtomicInteger(1);
    private static final MemoryLedger LEDGER = new MemoryLedger(Long.MAX_VALUE);

    private States() {}

    static MemDb map() {
        collectIfMany();
        return new MemDb(LIST_BYTES, LEDGER);
    }

    /** A list in internal order with the keys 2, 4 and so on. */
    static SkipList list(final int records) {
        collectIfMany();
        final SkipList list = new SkipList(
                new Arena(SkipList.overheadLength() + LIST_BYTES, LEDGER),
                KeyOrder.INTERNAL,
                KeyDigest.LEADING_BYTES,
                SEED.incrementAndGet());
        for (int i = 1; i <= records; i++) {
            add(list, 2 * i);
        }
        return list;
    }

    static void add(final SkipList list, final int key) {
        if (!list.writer().add(Buffers.key(key), 0, Integer.BYTES, 0, 0, Buffers.key(key), 0, Integer.BYTES)) {
            throw new IllegalStateException("no room");
        }
    }

    private static void collectIfMany() {
        if (LEDGER.totalBytes() > MANY_BYTES) {
            System.gc();
        }
    }
}
