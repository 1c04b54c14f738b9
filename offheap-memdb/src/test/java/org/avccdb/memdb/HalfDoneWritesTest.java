package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers next to a writer that has stopped between two of its stores: each test builds one such state by hand. */
class HalfDoneWritesTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private final Arena arena = new Arena(64 << 10, MemoryLedger.process());
    private final NativeMemory memory = arena.memory();

    @AfterEach
    void free() {
        arena.release();
    }

    @Test
    void nextGoesOnWhereItsEntryStandsTwice() {
        final SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        addAll(list, 10, 20, 30);
        // An insertion before 20 has moved 30 and copied 20, no more.
        putEntry(list, 3, entry(list, 2));
        putEntry(list, 2, entry(list, 1));

        assertTimeoutPreemptively(LONG_ENOUGH, () -> assertEquals(List.of(10, 20, 30), forward(list)));
    }

    @Test
    void nextGoesOnWhereTheLastEntryStandsTwice() {
        final SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        addAll(list, 10, 20);
        putEntry(list, 2, entry(list, 1));

        assertTimeoutPreemptively(LONG_ENOUGH, () -> assertEquals(List.of(10, 20), forward(list)));
    }

    @Test
    void prevGivesAnEntryOnceThatStandsTwice() {
        final SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        addAll(list, 10, 20);
        putEntry(list, 2, entry(list, 1));

        assertTimeoutPreemptively(LONG_ENOUGH, () -> assertEquals(List.of(20, 10), backward(list)));
    }

    @Test
    void prevAfterSeekBeforeGivesAnEntryOnceThatStandsTwice() {
        final SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        addAll(list, 10, 20);
        putEntry(list, 2, entry(list, 1));

        assertTimeoutPreemptively(LONG_ENOUGH, () -> {
            final SkipListIterator iterator = list.iterator();
            assertTrue(iterator.seekBefore(key(25), 0, 2, 0, 0));
            assertEquals(20, keyOf(list, iterator));
            assertTrue(iterator.prev());
            assertEquals(10, keyOf(list, iterator));
        });
    }

    @Test
    void prevLooksAgainWhereASplitHasEmptiedThePlaceBefore() {
        for (int emptied = LeafDescriptor.CAPACITY / 2; emptied < LeafDescriptor.CAPACITY; emptied++) {
            stopAt(emptied);
        }
    }

    private void stopAt(final int emptied) {
        for (int at = LeafDescriptor.CAPACITY / 2 + 1; at < LeafDescriptor.CAPACITY; at++) {
            arena.reset();
            final SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
            final long[] words = new long[LeafDescriptor.CAPACITY];
            // The last one in the middle, so that the split is one for keys without order.
            for (int i = 0; i < words.length; i++) {
                if (i != 5) {
                    add(list, 2 * i);
                }
            }
            add(list, 10);
            for (int i = 0; i < words.length; i++) {
                words[i] = entry(list, i);
            }
            final SkipListIterator back = list.iterator();
            final SkipListIterator forth = list.iterator();
            assertTrue(back.seek(key(2 * at), 0, 2, 0, 0));
            assertTrue(forth.seek(key(2 * at), 0, 2, 0, 0));
            add(list, 2 * LeafDescriptor.CAPACITY);
            for (int i = emptied; i < words.length; i++) {
                putEntry(list, i, words[i]);
            }
            assertTrue(back.prev());
            assertEquals(2 * (at - 1), back.isValid() ? keyOf(list, back) : -1, "before " + 2 * at);
            assertTrue(forth.next());
            assertEquals(2 * (at + 1), keyOf(list, forth));
        }
    }

    /** The leaf has as many entries as before again, but they are others. */
    @Test
    void seekBeforeLooksAgainWhereALeafWasSplitAndFilledAgain() {
        final Interrupting order = new Interrupting();
        final SkipList list = new SkipList(arena, order, KeyDigest.LEADING_BYTES, 1);
        for (int i = 0; i < 33; i++) {
            add(list, 1000 + 100 * i);
        }
        final int border = 1000 + 100 * 32;
        assertEquals(border, keyOf(list, list.firstRecord(list.nextNode(list.head()))));
        final SkipListIterator iterator = list.iterator();
        assertTrue(iterator.seek(key(border), 0, 2, 0, 0));
        // Equal keys are compared once, between the scan of the leaf and the choice of the entry.
        order.then = () -> {
            for (int i = 0; i < 16; i++) {
                add(list, 1 + i);
            }
        };
        order.after = 2;
        assertTrue(iterator.prev());
        assertFalse(order.isPending());
        assertEquals(border - 100, keyOf(list, iterator));
    }

    private static final class Interrupting implements KeyOrder {
        private Runnable then;
        private int after;

        @Override
        public int fixedLength() {
            return INTERNAL.fixedLength();
        }

        @Override
        public int compareFixed(
                final long version, final long stamp, final NativeMemory memory, final int fixedOffset) {
            if (after > 0 && --after == 0) {
                then.run();
            }
            return INTERNAL.compareFixed(version, stamp, memory, fixedOffset);
        }

        boolean isPending() {
            return after > 0;
        }
    }

    private static List<Integer> forward(final SkipList list) {
        final List<Integer> seen = new ArrayList<>();
        final SkipListIterator iterator = list.iterator();
        while (iterator.next() && seen.size() < 100) {
            seen.add(keyOf(list, iterator));
        }
        return seen;
    }

    private static List<Integer> backward(final SkipList list) {
        final List<Integer> seen = new ArrayList<>();
        final SkipListIterator iterator = list.iterator();
        for (boolean found = iterator.last(); found && seen.size() < 100; found = iterator.prev()) {
            seen.add(keyOf(list, iterator));
        }
        return seen;
    }

    private long entry(final SkipList list, final int index) {
        return memory.getLongAcquire(LeafDescriptor.entryOffset(list.leaf(list.head()), index));
    }

    private void putEntry(final SkipList list, final int index, final long word) {
        memory.putLongRelease(LeafDescriptor.entryOffset(list.leaf(list.head()), index), word);
    }

    private static void addAll(final SkipList list, final int... keys) {
        for (final int key : keys) {
            add(list, key);
        }
    }

    private static void add(final SkipList list, final int key) {
        assertTrue(list.writer().add(key(key), 0, 2, 0, 0, key(key), 0, 2));
    }

    private static UnsafeBuffer key(final int number) {
        return new UnsafeBuffer(new byte[] {(byte) (number >>> 8), (byte) number});
    }

    private static int keyOf(final SkipList list, final SkipListIterator iterator) {
        return keyOf(list, iterator.record());
    }

    private static int keyOf(final SkipList list, final int record) {
        final UnsafeBuffer view = new UnsafeBuffer(0, 0);
        list.showKey(record, view);
        return view.getShort(0, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }
}
