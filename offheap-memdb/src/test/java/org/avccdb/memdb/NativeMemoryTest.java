package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NativeMemoryTest {
    private static final long ARRAY = BufferUtil.ARRAY_BASE_OFFSET;
    private static final int CAPACITY = 1000;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final NativeMemory memory = ledger.allocate(CAPACITY, MemoryPurpose.MEMTABLE);

    @AfterEach
    void nothingIsLeft() {
        memory.free();
        assertEquals(0, ledger.totalBytes());
    }

    private static void assertRefused(Executable access) {
        assertThrows(IllegalStateException.class, access);
    }

    @Test
    void whatIsWrittenIsRead() {
        memory.putLong(8, 0x0102_0304_8586_8788L);
        assertEquals(0x0102_0304_8586_8788L, memory.getLong(8));
        assertEquals(0x0102_0304_8586_8788L, memory.getLongAcquire(8));
        memory.putLongRelease(16, -2);
        assertEquals(-2, memory.getLong(16));
        memory.putByte(CAPACITY - 1, (byte) -3);
        assertEquals(-3, memory.getByte(CAPACITY - 1));
        memory.zero(8, 8);
        assertEquals(0, memory.getLong(8));
        assertEquals(-2, memory.getLong(16));
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        memory.wrap(view, 16, 8);
        assertEquals(8, view.capacity());
        assertEquals(-2, view.getLong(0));
    }

    @Test
    void accessOutOfBoundsThrows() {
        assumeChecked();
        byte[] outside = new byte[2 * CAPACITY];
        UnsafeBuffer view = new UnsafeBuffer(outside);
        for (int offset : new int[] {-1, Integer.MIN_VALUE, CAPACITY - 7, CAPACITY, Integer.MAX_VALUE}) {
            assertRefused(() -> memory.getLong(offset));
            assertRefused(() -> memory.putLong(offset, 0));
            assertRefused(() -> memory.zero(offset, 8));
            assertRefused(() -> memory.wrap(view, offset, 8));
            assertRefused(() -> memory.copyFrom(outside, ARRAY, offset, 8));
            assertRefused(() -> memory.copyTo(offset, view, 0, 8));
            assertRefused(() -> memory.compareKey(outside, ARRAY, 8, offset, 8));
        }
        for (int offset : new int[] {-8, CAPACITY, Integer.MAX_VALUE - 7}) {
            assertRefused(() -> memory.getByte(offset));
            assertRefused(() -> memory.putByte(offset, (byte) 0));
            assertRefused(() -> memory.getLongAcquire(offset));
            assertRefused(() -> memory.putLongRelease(offset, 0));
        }
        assertRefused(() -> memory.addressOf(-1));
        assertRefused(() -> memory.addressOf(CAPACITY + 1));
        assertRefused(() -> memory.zero(0, CAPACITY + 1));
        assertRefused(() -> memory.zero(0, -1));
        assertRefused(() -> memory.copyFrom(outside, ARRAY, 0, CAPACITY + 1));
        memory.zero(0, CAPACITY);
        memory.zero(CAPACITY, 0);
        assertEquals(0, memory.getLong(CAPACITY - 8));
    }

    @Test
    void acquireAndReleaseNeedAlignment() {
        assumeChecked();
        for (int offset = 1; offset < 8; offset++) {
            int at = offset;
            assertThrows(AssertionError.class, () -> memory.getLongAcquire(at));
            assertThrows(AssertionError.class, () -> memory.putLongRelease(at, 0));
        }
    }

    @Test
    void accessToFreedMemoryThrows() {
        assumeChecked();
        byte[] outside = new byte[8];
        UnsafeBuffer view = new UnsafeBuffer(outside);
        assertFalse(memory.isFreed());
        memory.free();
        assertTrue(memory.isFreed());
        assertRefused(() -> memory.getByte(0));
        assertRefused(() -> memory.getLong(0));
        assertRefused(() -> memory.getLongAcquire(0));
        assertRefused(() -> memory.putLong(0, 1));
        assertRefused(() -> memory.putLongRelease(0, 1));
        assertRefused(() -> memory.putByte(0, (byte) 1));
        assertRefused(() -> memory.zero(0, 0));
        assertRefused(() -> memory.wrap(view, 0, 1));
        assertRefused(() -> memory.addressOf(0));
        assertRefused(() -> memory.copyFrom(outside, ARRAY, 0, 1));
        assertRefused(() -> memory.copyTo(0, view, 0, 1));
        assertRefused(() -> memory.compareKey(outside, ARRAY, 1, 0, 1));
        assertRefused(() -> memory.touch(0, 1));
    }

    @Test
    void aMapThatUsesFreedMemoryThrows() {
        assumeChecked();
        Arena arena = new Arena(100_000, ledger);
        SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        UnsafeBuffer key = TestMap.buffer("key");
        assertTrue(list.writer().add(key, 0, 3, 1, 1, key, 0, 3));
        SkipListIterator iterator = list.iterator();
        assertTrue(iterator.next());
        int record = iterator.record();
        arena.release();
        assertRefused(iterator::next);
        assertRefused(iterator::prev);
        assertRefused(iterator::first);
        assertRefused(iterator::last);
        assertRefused(() -> iterator.seek(key, 0, 3, 1, 1));
        assertRefused(() -> list.writer().add(key, 0, 2, 1, 1, key, 0, 3));
        assertRefused(() -> list.nextRecord(0));
        assertRefused(() -> list.keyLength(record));
    }

    @Test
    void freeingTwiceFreesOnce() {
        NativeMemory other = ledger.allocate(CAPACITY, MemoryPurpose.MEMTABLE);
        long both = ledger.totalBytes();
        other.free();
        other.free();
        assertEquals(both / 2, ledger.totalBytes());
        assertEquals(0, ledger.abandonedBytes());
        memory.putLong(0, 1);
    }

    @Test
    void poisonIsSeen() {
        memory.zero(0, CAPACITY);
        memory.poison();
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals((byte) 0xDB, memory.getByte(i));
        }
    }

    @Test
    void startsAtACacheLine() {
        for (int bytes : new int[] {0, 1, 63, 64, 65, 4096}) {
            NativeMemory other = ledger.allocate(bytes, MemoryPurpose.POOL);
            assertEquals(0, other.addressOf(0) % 64);
            assertEquals(bytes, other.capacity());
            assertEquals(0, other.touch(bytes, 0), "loading nothing");
            other.touch(bytes, NativeMemory.SLACK_BYTES);
            other.free();
        }
    }

    @Test
    void aLargeBlockStartsAtAHugePage() {
        int bytes = HugePages.PAGE_BYTES + 100;
        NativeMemory large = ledger.allocate(bytes, MemoryPurpose.POOL);
        try {
            assertEquals(0, large.addressOf(0) % HugePages.PAGE_BYTES);
            large.putByte(bytes - 1, (byte) 1);
            assertEquals(1, large.getByte(bytes - 1));
        } finally {
            large.free();
        }
    }

    @Test
    void copyingInTouchesNothingElse() {
        for (int length = 0; length <= 400; length++) {
            int sourceAt = length % 7;
            int at = 8 + length % 9;
            byte[] content = pattern(length);
            for (int place = 0; place < 2; place++) {
                Buffers.Placed source = new Buffers().place(new Bytes(content), 2 * sourceAt + place);
                byte[] expected = new byte[CAPACITY];
                Arrays.fill(expected, (byte) 0xDB);
                System.arraycopy(content, 0, expected, at, length);
                memory.poison();
                memory.copyFrom(
                        source.buffer().byteArray(),
                        NativeMemory.addressOf(source.buffer(), source.offset()),
                        at,
                        length);
                assertEquals(new Bytes(expected), content());
                assertEquals(new Bytes(content), source.content());
            }
        }
    }

    @Test
    void copyingOutTouchesNothingElse() {
        for (int length = 0; length <= 400; length++) {
            int targetAt = length % 7;
            int at = 8 + length % 9;
            byte[] content = pattern(length);
            memory.poison();
            memory.copyFrom(content, ARRAY, at, length);
            Bytes before = content();
            for (int place = 0; place < 2; place++) {
                Buffers.Placed target = new Buffers().room(length, 2 * targetAt + place);
                byte[] expected = new byte[target.buffer().capacity()];
                Arrays.fill(expected, Buffers.FILLER);
                System.arraycopy(content, 0, expected, target.offset(), length);
                memory.copyTo(at, target.buffer(), target.offset(), length);
                assertEquals(new Bytes(expected), Buffers.copy(target.buffer()));
                assertEquals(before, content());
            }
        }
    }

    private static byte[] pattern(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private Bytes content() {
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        memory.wrap(view, 0, CAPACITY);
        return Buffers.copy(view);
    }

    @Test
    void comparesAsUnsignedBytes() {
        byte[] bytes = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
        for (int length = 0; length <= 20; length++) {
            for (int otherLength = 0; otherLength <= 20; otherLength++) {
                for (int differing = 0; differing <= Math.min(length, otherLength); differing++) {
                    for (byte mine : bytes) {
                        for (byte theirs : bytes) {
                            byte[] key = filled(length, differing, mine);
                            byte[] other = filled(otherLength, differing, theirs);
                            assertCompared(key, other, 1 + differing % 8);
                        }
                    }
                }
            }
        }
    }

    @Test
    void comparesRandomBytes() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[random.nextInt(70)];
            random.nextBytes(key);
            byte[] other = Arrays.copyOf(key, random.nextInt(70));
            if (other.length > 0 && random.nextInt(3) != 0) {
                other[random.nextInt(other.length)] += (byte) random.nextInt(256);
            }
            assertCompared(key, other, random.nextInt(16));
        }
    }

    private static byte[] filled(int length, int at, byte value) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 'x');
        if (at < length) {
            content[at] = value;
        }
        return content;
    }

    private void assertCompared(byte[] key, byte[] other, int at) {
        int expected = Integer.signum(Arrays.compareUnsigned(key, other));
        memory.copyFrom(other, ARRAY, at, other.length);
        byte[] moved = new byte[key.length + at];
        System.arraycopy(key, 0, moved, at, key.length);
        int order = memory.compareKey(moved, ARRAY + at, key.length, at, other.length);
        assertEquals(expected, Integer.signum(order), () -> new Bytes(key) + " against " + new Bytes(other));

        boolean shorter = key.length < other.length;
        int byPrefix =
                Integer.signum(shorter ? order : Arrays.compareUnsigned(key, 0, other.length, other, 0, other.length));
        assertEquals(byPrefix, Integer.signum(NativeMemory.compareToPrefix(moved, ARRAY + at, key.length, other)));
    }

    @Test
    void leadingBytesAreANumberThatOrdersAsTheyDo() {
        byte[] bytes = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
        Random random = new Random(1);
        for (int length = 0; length <= 9; length++) {
            for (int i = 0; i < 500; i++) {
                byte[] key = new byte[length];
                for (int k = 0; k < length; k++) {
                    key[k] = bytes[random.nextInt(bytes.length)];
                }
                int expected = 0;
                for (int k = 0; k < 4; k++) {
                    expected = expected << 8 | (k < length ? key[k] & 0xFF : 0);
                }
                int at = 1 + random.nextInt(8);
                memory.poison();
                memory.copyFrom(key, ARRAY, at, length);
                assertEquals(expected, NativeMemory.leadingInt(key, ARRAY, length), () -> "" + new Bytes(key));
                assertEquals(expected, NativeMemory.leadingInt(null, memory.addressOf(at), length));
            }
        }
    }

    private static void assumeChecked() {
        assumeTrue(NativeMemory.class.desiredAssertionStatus(), "only with assertions");
    }
}
