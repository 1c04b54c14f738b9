package org.avccdb.memdb;

import java.nio.ByteOrder;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * What the model checker runs: one writer next to a reader, against a sequential map. Assertions are on in tests, so every
 * access to native memory reads a volatile field first, and that is where threads are switched.
 *
 * <p>Keys are small numbers; every other one is there from the beginning. A walk is not as of one moment, so each looks for
 * one key. Maps of earlier runs are left to the collector, in a ledger of their own: the model checker must see a map being
 * made, or it takes what happens in it for nothing that threads share.
 */
abstract class MapModel {
    static final int ABSENT = -1;

    private final MemDb map = new MemDb(4 << 10, new MemoryLedger(Long.MAX_VALUE));
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final int firstKey;

    MapModel(int filled, int firstKey) {
        this.firstKey = firstKey;
        for (int i = 0; i < filled; i++) {
            putNumber(2 * i, 0);
        }
    }

    static ModelCheckingOptions options(Class<?> sequential) {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                // A machine that stands still for half a minute is no execution that hangs.
                .invocationTimeout$lincheck(300_000)
                // Else a loop over the entries of a leaf is taken for waiting.
                .loopBound(200)
                // Buffers belong to one thread each.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                name -> name.startsWith("org.agrona.") || name.equals(MemoryView.class.getName()))
                        .allMethods()
                        .ignore())
                .sequentialSpecification(sequential);
    }

    void putValue(int key, int value) {
        putNumber(firstKey + key, value);
    }

    boolean deleteKey(int key) {
        return map.delete(buffer(firstKey + key), 0, Integer.BYTES);
    }

    int valueOf(int key) {
        return map.get(buffer(firstKey + key), 0, Integer.BYTES, target, 0) == MemDb.NOT_FOUND
                ? ABSENT
                : target.getInt(0);
    }

    int valueMetForward(int key) {
        int wanted = firstKey + key;
        try (MemDbIterator iterator = map.iterator()) {
            for (boolean found = iterator.seek(buffer(wanted - 3)); found; found = iterator.next()) {
                if (keyOf(iterator) >= wanted) {
                    return keyOf(iterator) == wanted ? iterator.value().getInt(0) : ABSENT;
                }
            }
            return ABSENT;
        }
    }

    int valueMetBackward(int key) {
        int wanted = firstKey + key;
        try (MemDbIterator iterator = map.iterator(null, buffer(wanted + 4))) {
            for (boolean found = iterator.last(); found; found = iterator.prev()) {
                if (keyOf(iterator) <= wanted) {
                    return keyOf(iterator) == wanted ? iterator.value().getInt(0) : ABSENT;
                }
            }
            return ABSENT;
        }
    }

    private void putNumber(int key, int value) {
        UnsafeBuffer content = new UnsafeBuffer(new byte[Integer.BYTES]);
        content.putInt(0, value);
        map.put(buffer(key), 0, Integer.BYTES, content, 0, Integer.BYTES);
    }

    private static int keyOf(MemDbIterator iterator) {
        return iterator.key().getInt(0, ByteOrder.BIG_ENDIAN);
    }

    private static UnsafeBuffer buffer(int key) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[Integer.BYTES]);
        buffer.putInt(0, Math.max(key, 0), ByteOrder.BIG_ENDIAN);
        return buffer;
    }

    /** The same without threads. */
    abstract static class Sequential {
        private final TreeMap<Integer, Integer> entries = new TreeMap<>();
        private final int firstKey;

        Sequential(int filled, int firstKey) {
            this.firstKey = firstKey;
            for (int i = 0; i < filled; i++) {
                entries.put(2 * i, 0);
            }
        }

        public void put(int key, int value) {
            entries.put(firstKey + key, value);
        }

        public boolean delete(int key) {
            return entries.remove(firstKey + key) != null;
        }

        public int get(int key) {
            return entries.getOrDefault(firstKey + key, ABSENT);
        }

        public int walkForward(int key) {
            return get(key);
        }

        public int walkBackward(int key) {
            return get(key);
        }
    }
}
