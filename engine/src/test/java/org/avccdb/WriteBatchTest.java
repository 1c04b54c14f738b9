package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WriteBatchTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] VALUE = {4, 5};

    private final WriteBatch batch = new WriteBatch();

    /** Writes operations down, so that they can be compared. */
    private static class Transcript implements WriteBatch.Handler {
        private final List<String> lines = new ArrayList<>();

        static List<String> of(final WriteBatch batch) {
            final Transcript transcript = new Transcript();
            batch.replay(transcript);
            return transcript.lines;
        }

        @Override
        public void put(final byte[] key, final byte[] value, final long version) {
            lines.add("put " + hex(key) + " " + hex(value) + " " + version);
        }

        @Override
        public void delete(final byte[] key) {
            lines.add("delete " + hex(key));
        }

        @Override
        public void deleteVersion(final byte[] key, final long version) {
            lines.add("deleteVersion " + hex(key) + " " + version);
        }

        @Override
        public void appliedPosition(final long position) {
            lines.add("position " + position);
        }

        private static String hex(final byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    private static void assertSound(final WriteBatch batch) {
        final DirectBuffer buffer = batch.buffer();
        int records = 0;
        int positions = 0;
        int largest = 0;
        int offset = 0;
        while (offset < batch.byteSize()) {
            assertNull(EntryDescriptor.problem(buffer, offset, batch.byteSize()));
            if (EntryDescriptor.type(buffer, offset) == RecordType.POSITION) {
                positions++;
            } else {
                records++;
            }
            largest = Math.max(largest, EntryDescriptor.valueLength(buffer, offset));
            offset = EntryDescriptor.end(buffer, offset);
        }
        assertEquals(batch.byteSize(), offset);
        assertEquals(batch.count(), records);
        assertEquals(batch.largestValue(), largest);
        assertTrue(positions <= 1, "a batch carries one position");
    }

    @Test
    void randomOperationsAreReplayedAsTheyCame() {
        final long seed = 11;
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            batch.clear();
            final List<String> expected = new ArrayList<>();
            final int operations = random.nextInt(60);
            for (int i = 0; i < operations; i++) {
                addRandom(random, expected);
            }
            assertEquals(expected, Transcript.of(batch), "seed " + seed + ", round " + round);
            assertEquals(operations, batch.count());
            assertSound(batch);
        }
    }

    private void addRandom(final Random random, final List<String> expected) {
        final byte[] key = randomBytes(random, 20);
        final byte[] value = randomBytes(random, random.nextInt(10) == 0 ? 3_000 : 50);
        final long version = random.nextBoolean() ? 0 : random.nextLong() >>> 1;
        final UnsafeBuffer around = new UnsafeBuffer(new byte[key.length + value.length + 7]);
        around.putBytes(3, key);
        around.putBytes(3 + key.length, value);
        final String hexKey = Transcript.hex(key);
        final String hexValue = Transcript.hex(value);
        switch (random.nextInt(7)) {
            case 0 -> {
                batch.put(key, value);
                expected.add("put " + hexKey + " " + hexValue + " 0");
            }
            case 1 -> {
                batch.putWithVersion(key, value, version);
                expected.add("put " + hexKey + " " + hexValue + " " + version);
            }
            case 2 -> {
                batch.put(around, 3, key.length, around, 3 + key.length, value.length, version);
                expected.add("put " + hexKey + " " + hexValue + " " + version);
            }
            case 3 -> {
                batch.delete(key);
                expected.add("delete " + hexKey);
            }
            case 4 -> {
                batch.delete(around, 3, key.length);
                expected.add("delete " + hexKey);
            }
            case 5 -> {
                batch.deleteVersion(key, version);
                expected.add("deleteVersion " + hexKey + " " + version);
            }
            default -> {
                batch.deleteVersion(around, 3, key.length, version);
                expected.add("deleteVersion " + hexKey + " " + version);
            }
        }
    }

    private static byte[] randomBytes(final Random random, final int most) {
        final byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void anEmptyBatchHasNothing() {
        assertEquals(0, batch.count());
        assertEquals(0, batch.byteSize());
        assertEquals(0, batch.largestValue());
        assertEquals(List.of(), Transcript.of(batch));
    }

    @Test
    void theLongestKeyAndTheHighestVersionFit() {
        batch.putWithVersion(new byte[0xFFFF], new byte[0], Long.MAX_VALUE - 1);
        batch.delete(new byte[0]);
        assertSound(batch);
        assertEquals(2 * 16 + 0xFFFF, batch.byteSize());
    }

    @Test
    void argumentsAreCopied() {
        final byte[] key = KEY.clone();
        final byte[] value = VALUE.clone();
        batch.put(key, value);
        key[0] = 9;
        value[0] = 9;
        assertEquals(List.of("put 010203 0405 0"), Transcript.of(batch));
    }

    @Test
    void badArgumentsAreRefusedAndChangeNothing() {
        batch.put(KEY, VALUE);
        batch.appliedPosition(5);
        final List<String> before = Transcript.of(batch);
        final byte[] tooLong = new byte[0x1_0000];
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0x2_0000]);
        final List<Executable> illegal = List.of(
                () -> batch.put(tooLong, VALUE),
                () -> batch.putWithVersion(KEY, VALUE, -1),
                () -> batch.putWithVersion(KEY, VALUE, Long.MAX_VALUE),
                () -> batch.delete(tooLong),
                () -> batch.deleteVersion(tooLong, 1),
                () -> batch.deleteVersion(KEY, -1),
                () -> batch.deleteVersion(KEY, Long.MAX_VALUE),
                () -> batch.deleteVersion(buffer, 0, 1, -1),
                () -> batch.deleteVersion(buffer, 0, 0x1_0000, 1),
                () -> batch.delete(buffer, 0, 0x1_0000),
                () -> batch.delete(buffer, 0x2_0000, 1),
                () -> batch.put(buffer, 0, 0x1_0000, buffer, 0, 1, 0),
                () -> batch.put(buffer, 0, 1, buffer, 0, 0x2_0001, 0),
                () -> batch.put(buffer, 0, 1, buffer, -1, 1, 0),
                () -> batch.put(buffer, 0, -1, buffer, 0, 1, 0),
                () -> batch.put(buffer, 0, 1, buffer, Integer.MAX_VALUE, Integer.MAX_VALUE, 0),
                () -> batch.put(buffer, 0, 1, buffer, 0, 1, Long.MIN_VALUE),
                () -> batch.appliedPosition(-1));
        for (final Executable call : illegal) {
            assertThrows(IllegalArgumentException.class, call);
        }
        final List<Executable> nulls = List.of(
                () -> batch.put(null, VALUE),
                () -> batch.put(KEY, null),
                () -> batch.putWithVersion(KEY, null, 1),
                () -> batch.delete(null),
                () -> batch.deleteVersion(null, 1),
                () -> batch.put(null, 0, 0, buffer, 0, 0, 0),
                () -> batch.put(buffer, 0, 0, null, 0, 0, 0),
                () -> batch.append(null),
                () -> batch.replay(null));
        for (final Executable call : nulls) {
            assertThrows(NullPointerException.class, call);
        }
        assertEquals(before, Transcript.of(batch));
        assertEquals(1, batch.count());
        assertSound(batch);
    }

    @Test
    void aBatchThatWouldBeTooLargeIsRefused() {
        batch.put(KEY, VALUE);
        final int before = batch.byteSize();
        // Nobody looks behind this length.
        final UnsafeBuffer huge = new UnsafeBuffer(0, Integer.MAX_VALUE);
        for (final int length : new int[] {Limits.MAX_BATCH_BYTES - before - 16, Integer.MAX_VALUE}) {
            final String message = assertThrows(
                            IllegalArgumentException.class, () -> batch.put(huge, 0, 1, huge, 0, length, 0))
                    .getMessage();
            assertTrue(message.contains(String.valueOf(Limits.MAX_BATCH_BYTES)), message);
            assertTrue(message.contains(String.valueOf(before + 17L + length)), message);
        }
        assertEquals(before, batch.byteSize());
        assertEquals(1, batch.count());
        assertEquals(VALUE.length, batch.largestValue());
        assertSound(batch);
    }

    @Test
    void theLastPositionIsKept() {
        batch.appliedPosition(1);
        batch.put(KEY, VALUE);
        batch.appliedPosition(Long.MAX_VALUE);
        batch.appliedPosition(7);
        assertEquals(List.of("position 7", "put 010203 0405 0"), Transcript.of(batch));
        assertEquals(1, batch.count());
        assertEquals(16 + 16 + 5, batch.byteSize());
        batch.clear();
        assertEquals(List.of(), Transcript.of(batch));
        batch.appliedPosition(0);
        assertEquals(List.of("position 0"), Transcript.of(batch));
        assertSound(batch);
    }

    @Test
    void aHandlerNeedNotKnowPositions() {
        batch.appliedPosition(7);
        batch.replay(new WriteBatch.Handler() {
            @Override
            public void put(final byte[] key, final byte[] value, final long version) {
                throw new AssertionError("there is no put");
            }

            @Override
            public void delete(final byte[] key) {
                throw new AssertionError("there is no delete");
            }

            @Override
            public void deleteVersion(final byte[] key, final long version) {
                throw new AssertionError("there is no deletion of a version");
            }
        });
        assertEquals(0, batch.count());
    }

    @Test
    void appendedBatchesFollowEachOtherWithOnePosition() {
        final long seed = 13;
        final Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            batch.clear();
            final WriteBatch other = new WriteBatch();
            final List<String> operations = new ArrayList<>();
            final long first = fill(batch, random, "01", operations);
            final boolean itself = random.nextInt(8) == 0;
            long position = first;
            if (itself) {
                operations.addAll(List.copyOf(operations));
                batch.append(batch);
            } else {
                final long second = fill(other, random, "02", operations);
                final List<String> before = Transcript.of(other);
                position = second >= 0 ? second : first;
                batch.append(other);
                assertEquals(before, Transcript.of(other));
            }
            final List<String> replayed = new ArrayList<>(Transcript.of(batch));
            final String expected = "position " + position;
            assertEquals(position >= 0, replayed.removeIf(expected::equals), "seed " + seed + ", round " + round);
            assertEquals(operations, replayed, "seed " + seed + ", round " + round);
            assertSound(batch);
            batch.appliedPosition(99);
            assertEquals(
                    1,
                    Transcript.of(batch).stream().filter("position 99"::equals).count());
            assertSound(batch);
        }
    }

    /** Some operations, with a position somewhere among them or none (-1). */
    private static long fill(
            final WriteBatch target, final Random random, final String hexKey, final List<String> operations) {
        final int before = random.nextInt(3);
        final int behind = random.nextInt(3);
        add(target, random, hexKey, operations, before);
        final long position = random.nextBoolean() ? random.nextInt(50) : -1;
        if (position >= 0) {
            target.appliedPosition(position);
        }
        add(target, random, hexKey, operations, behind);
        return position;
    }

    private static void add(
            final WriteBatch target,
            final Random random,
            final String hexKey,
            final List<String> operations,
            final int count) {
        for (int i = 0; i < count; i++) {
            final byte[] value = randomBytes(random, 200);
            target.put(HexFormat.of().parseHex(hexKey), value);
            operations.add("put " + hexKey + " " + HexFormat.of().formatHex(value) + " 0");
        }
    }

    @Test
    void clearKeepsTheMemory() {
        batch.put(KEY, new byte[100_000]);
        final byte[] memory = batch.buffer().byteArray();
        batch.clear();
        assertEquals(0, batch.count());
        assertEquals(0, batch.byteSize());
        assertEquals(0, batch.largestValue());
        batch.put(KEY, new byte[90_000]);
        assertSame(memory, batch.buffer().byteArray());
    }

    @Test
    void manySmallOperationsDoNotCopyTheBatchEachTime() {
        int copies = 0;
        byte[] memory = batch.buffer().byteArray();
        for (int i = 0; i < 100_000; i++) {
            batch.put(KEY, VALUE);
            if (batch.buffer().byteArray() != memory) {
                memory = batch.buffer().byteArray();
                copies++;
            }
        }
        assertTrue(copies < 20, "copied " + copies + " times");
        assertEquals(100_000, batch.count());
    }

    @Test
    void anExceptionOfTheHandlerReachesTheCaller() {
        batch.put(KEY, VALUE);
        final Transcript failing = new Transcript() {
            @Override
            public void put(final byte[] key, final byte[] value, final long version) {
                throw new IllegalStateException("mine");
            }
        };
        assertEquals(
                "mine",
                assertThrows(IllegalStateException.class, () -> batch.replay(failing))
                        .getMessage());
    }
}
