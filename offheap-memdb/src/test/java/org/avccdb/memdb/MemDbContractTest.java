package org.avccdb.memdb;

import static org.avccdb.memdb.TestMap.buffer;
import static org.avccdb.memdb.TestMap.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MemDbContractTest {
    private static final int CAPACITY = 4096;

    private final TestMap map = new TestMap(CAPACITY);

    @AfterEach
    void nothingIsLeft() {
        map.close();
        assertEquals(0, map.ledger.totalBytes(), map.ledger::toString);
        assertEquals(0, map.ledger.abandonedBytes());
    }

    private static void assertIllegal(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    private static void assertNullRefused(Executable call) {
        assertThrows(NullPointerException.class, call);
    }

    private static void assertIllegalState(Executable call) {
        assertThrows(IllegalStateException.class, call);
    }

    @Nested
    class Counters {
        @Test
        void anEmptyMapIsAllFree() {
            for (int capacity : new int[] {0, 1, 7, 8, 9, 1000, 65_537}) {
                try (TestMap empty = new TestMap(capacity)) {
                    assertEquals(capacity, empty.map.capacity());
                    assertEquals(capacity, empty.map.free());
                    assertEquals(0, empty.map.size());
                    assertEquals(0, empty.map.length());
                }
            }
        }

        @Test
        void sizeCountsPresentKeysAndValues() {
            map.put("abc", "12345");
            assertEquals(8, map.map.size());
            map.put("d", "");
            assertEquals(9, map.map.size());
            map.put("", "x");
            assertEquals(10, map.map.size());
            map.put("abc", "1");
            assertEquals(6, map.map.size());
            map.put("abc", "1234567");
            assertEquals(12, map.map.size());
            assertEquals(3, map.map.length());
            assertTrue(map.delete("abc"));
            assertEquals(2, map.map.size());
            assertEquals(2, map.map.length());
            assertFalse(map.delete("abc"));
            assertEquals(2, map.map.size());
            map.put("abc", "12");
            assertEquals(7, map.map.size());
            assertEquals(3, map.map.length());
        }

        @Test
        void roomIsNotReclaimedButByReset() {
            map.with("a", "b");
            int free = map.map.free();
            assertTrue(map.delete("a"));
            assertEquals(free, map.map.free());
            map.put("b", "");
            assertTrue(map.map.free() < free);
            free = map.map.free();
            map.put("a", "");
            assertTrue(map.map.free() < free);
            map.map.reset();
            assertEquals(CAPACITY, map.map.free());
            assertEquals(CAPACITY, map.map.capacity());
            assertEquals(0, map.map.size());
            assertEquals(0, map.map.length());
        }

        @Test
        void overwritingUsesUpTheMap() {
            int written = 0;
            while (map.put("key", "value " + written)) {
                written++;
            }
            assertTrue(written > 100);
            assertEquals("value " + (written - 1), map.get("key"));
            assertEquals(1, map.map.length());
            assertTrue(map.map.free() < 24);
        }

        @Test
        void readingAndDeletingTakeNoRoom() {
            map.with("a", "b", "c");
            int free = map.map.free();
            map.get("a");
            map.get("x");
            map.contains("b");
            map.find("bb");
            map.keys("a", "c");
            map.delete("x");
            map.delete("b");
            map.delete("b");
            assertEquals(free, map.map.free());
        }

        @Test
        void capacityOutOfRangeIsRefused() {
            for (int capacity : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 1000}) {
                assertIllegal(() -> new TestMap(capacity));
            }
            assertNullRefused(() -> new MemDb(100, null));
        }
    }

    @Nested
    class PutGetDelete {
        @Test
        void whatIsAbsentIsNotFound() {
            assertEquals(-1, MemDb.NOT_FOUND);
            assertNull(map.get("a"));
            assertFalse(map.contains("a"));
            assertFalse(map.delete("a"));
            map.with("a", "c");
            assertNull(map.get("b"));
            assertNull(map.get(""));
            assertNull(map.get("aa"));
            assertFalse(map.contains("b"));
            assertFalse(map.delete("b"));
        }

        @Test
        void emptyKeysAndValuesAreKeysAndValues() {
            assertTrue(map.put("", ""));
            assertTrue(map.contains(""));
            assertEquals("", map.get(""));
            assertEquals(1, map.map.length());
            assertEquals(0, map.map.size());
            assertTrue(map.put("a", ""));
            assertEquals(List.of("", "a"), map.keys());
            assertTrue(map.delete(""));
            assertNull(map.get(""));
            assertEquals(List.of("a"), map.keys());
        }

        @Test
        void aTargetWithoutRoomIsLeftAsItIs() {
            map.put("k", "12345");
            for (int room = 0; room <= 7; room++) {
                for (int offset = 0; offset < 3; offset++) {
                    UnsafeBuffer target = new UnsafeBuffer(new byte[offset + room]);
                    target.setMemory(0, target.capacity(), (byte) '.');
                    assertEquals(5, map.map.get(buffer("k"), 0, 1, target, offset));
                    String expected = room < 5 ? ".".repeat(room) : "12345" + ".".repeat(room - 5);
                    assertEquals(".".repeat(offset) + expected, text(target));
                }
            }
        }

        @Test
        void anEmptyValueNeedsNoRoom() {
            map.put("k", "");
            UnsafeBuffer target = new UnsafeBuffer(new byte[3]);
            assertEquals(0, map.map.get(buffer("k"), 0, 1, target, 3));
            assertEquals(0, map.map.get(buffer("k"), 0, 1, new UnsafeBuffer(0, 0), 0));
        }

        @Test
        void targetsOfEveryKindAreFilled() {
            map.put("k", "12345");
            List<MutableDirectBuffer> targets = List.of(
                    new UnsafeBuffer(new byte[10]),
                    new UnsafeBuffer(new byte[20], 7, 10),
                    new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(10)),
                    new UnsafeBuffer(
                            java.nio.ByteBuffer.allocate(20).position(7).slice()),
                    new ExpandableArrayBuffer(10));
            for (MutableDirectBuffer target : targets) {
                assertEquals(5, map.map.get(buffer("k"), 0, 1, target, 3));
                assertEquals("12345", text(target, 3, 5));
                assertEquals(0, target.getByte(2));
                assertEquals(0, target.getByte(8));
            }
        }

        @Test
        void theLongestValueThatFitsIsTakenAndOneByteMoreIsNot() {
            int overhead = 16;
            String fits = "v".repeat(CAPACITY - overhead - 1);
            assertFalse(map.put("k", fits + "v"));
            assertEquals(CAPACITY, map.map.free());
            assertEquals(List.of(), map.keys());
            assertTrue(map.put("k", fits));
            assertEquals(0, map.map.free());
            assertEquals(fits, map.get("k"));
            assertFalse(map.put("", ""));
            assertFalse(map.put("k", ""));
            assertEquals(List.of("k"), map.keys());
        }

        @Test
        void theLongestNewValueOfAKeyIsTakenAndOneByteMoreIsNot() {
            map.put("k", "old");
            String fits = "v".repeat(map.map.free() - 8);
            assertFalse(map.put("k", fits + "v"));
            assertEquals("old", map.get("k"));
            assertEquals(4, map.map.size());
            assertTrue(map.put("k", fits));
            assertEquals(0, map.map.free());
            assertEquals(fits, map.get("k"));
            assertTrue(map.delete("k"), "deleting needs no room");
            assertEquals(0, map.map.size());
        }

        @Test
        void theLongestKeyIsTakenAndOneByteMoreIsNot() {
            String longest = "k".repeat(65_535);
            try (TestMap large = new TestMap(200_000)) {
                assertTrue(large.put(longest, "v"));
                assertTrue(large.contains(longest));
                assertEquals("v", large.get(longest));
                assertEquals(longest, large.find(longest.substring(1)));
                String tooLong = longest + "k";
                int free = large.map.free();
                assertIllegal(() -> large.put(tooLong, "v"));
                assertIllegal(() -> large.get(tooLong));
                assertIllegal(() -> large.contains(tooLong));
                assertIllegal(() -> large.delete(tooLong));
                assertIllegal(() -> large.find(tooLong));
                assertIllegal(() -> large.iterator(tooLong, null));
                assertIllegal(() -> large.iterator(null, tooLong));
                try (MemDbIterator iterator = large.map.iterator()) {
                    assertIllegal(() -> iterator.seek(buffer(tooLong)));
                }
                assertEquals(free, large.map.free());
                assertEquals(List.of(longest), large.keys());
            }
        }

        @Test
        void keysOrderAsUnsignedBytes() {
            map.with("\377", "\200", "\177", "", "\0", "\0\0", "a", "a\0", "\377\377", "a\377", "b");
            assertEquals(
                    List.of("", "\0", "\0\0", "a", "a\0", "a\377", "b", "\177", "\200", "\377", "\377\377"),
                    map.keys());
        }

        @Test
        void theCallersBuffersMayBeReused() {
            UnsafeBuffer key = buffer("key");
            UnsafeBuffer value = buffer("value");
            map.map.put(key, 0, 3, value, 0, 5);
            key.setMemory(0, 3, (byte) 'x');
            value.setMemory(0, 5, (byte) 'y');
            assertEquals("value", map.get("key"));
            assertEquals(List.of("key"), map.keys());
        }

        @Test
        void keyAndValueMayBeTheMapsOwnMemory() {
            map.with("a");
            try (MemDbIterator iterator = map.map.iterator()) {
                assertTrue(iterator.first());
                DirectBuffer value = iterator.value();
                assertTrue(map.map.put(buffer("b"), 0, 1, value, 0, value.capacity()));
                assertTrue(map.map.put(value, 0, value.capacity(), iterator.key(), 0, 1));
            }
            assertEquals("value of a", map.get("b"));
            assertEquals("a", map.get("value of a"));
        }

        @Test
        void aGroupIsWrittenInItsOrderUntilTheMapIsFull() {
            UnsafeBuffer content = buffer("k1k2" + "v".repeat(2040));
            RecordGroup group = new RecordGroup(5);
            group.begin(content);
            assertTrue(group.add(0, 2, 4, 3));
            assertTrue(group.add(2, 2, 4, 2040));
            assertTrue(group.add(0, 2, 4, 1));
            assertTrue(group.add(2, 2, 4, 2040));
            assertTrue(group.add(0, 0, 4, 0));
            assertFalse(group.add(0, 0, 4, 0), "the group is full");
            assertEquals(3, map.map.putAll(group));
            assertEquals("v", map.get("k1"));
            assertEquals(2040, map.get("k2").length());
            assertNull(map.get(""));
            assertEquals(2, map.map.length());
            assertEquals(4 + 1 + 2040, map.map.size());

            group.begin(content);
            assertEquals(0, map.map.putAll(group));
        }
    }

    @Nested
    class BadArguments {
        private final UnsafeBuffer ten = buffer("0123456789");
        private final EntryConsumer nobody = (k, ko, kl, v, vo, vl) -> {
            throw new AssertionError("called");
        };

        @Test
        void nullIsRefusedAndNothingIsWritten() {
            map.with("a");
            int free = map.map.free();
            assertNullRefused(() -> map.map.put(null, 0, 0, ten, 0, 1));
            assertNullRefused(() -> map.map.put(ten, 0, 1, null, 0, 0));
            assertNullRefused(() -> map.map.delete(null, 0, 0));
            assertNullRefused(() -> map.map.get(null, 0, 0, ten, 0));
            assertNullRefused(() -> map.map.get(ten, 0, 1, null, 0));
            assertNullRefused(() -> map.map.contains(null, 0, 0));
            assertNullRefused(() -> map.map.find(null, 0, 0, nobody));
            assertNullRefused(() -> map.map.find(ten, 0, 1, null));
            assertNullRefused(() -> map.map.putAll(null));
            assertNullRefused(() -> map.map.putAll(new RecordGroup(1)));
            assertNullRefused(() -> new RecordGroup(1).begin(null));
            try (MemDbIterator iterator = map.map.iterator()) {
                assertNullRefused(() -> iterator.seek((DirectBuffer) null));
                assertNullRefused(() -> iterator.seek((byte[]) null));
                assertNullRefused(() -> iterator.seek(null, 0, 0));
            }
            assertUnchanged(free);
        }

        @Test
        void rangesOutsideOfTheirBufferAreRefusedAndNothingIsWritten() {
            map.with("a");
            int free = map.map.free();
            UnsafeBuffer target = new UnsafeBuffer(new byte[10]);
            RecordGroup group = new RecordGroup(10);
            group.begin(ten);
            int[][] ranges = {
                {-1, 1},
                {0, -1},
                {-1, -1},
                {11, 0},
                {0, 11},
                {5, 6},
                {10, 1},
                {Integer.MAX_VALUE, 1},
                {1, Integer.MAX_VALUE},
                {Integer.MIN_VALUE, 0},
                {0, Integer.MIN_VALUE},
                {Integer.MIN_VALUE, Integer.MIN_VALUE},
                {Integer.MIN_VALUE, Integer.MAX_VALUE},
            };
            for (int[] range : ranges) {
                int offset = range[0];
                int length = range[1];
                assertIllegal(() -> map.map.put(ten, offset, length, ten, 0, 1));
                assertIllegal(() -> map.map.put(ten, 0, 1, ten, offset, length));
                assertIllegal(() -> map.map.delete(ten, offset, length));
                assertIllegal(() -> map.map.get(ten, offset, length, target, 0));
                assertIllegal(() -> map.map.contains(ten, offset, length));
                assertIllegal(() -> map.map.find(ten, offset, length, nobody));
                assertIllegal(() -> group.add(offset, length, 0, 1));
                assertIllegal(() -> group.add(0, 1, offset, length));
                try (MemDbIterator iterator = map.map.iterator()) {
                    assertIllegal(() -> iterator.seek(ten, offset, length));
                }
            }
            assertEquals(0, group.count());
            for (int offset : new int[] {-1, 11, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertIllegal(() -> map.map.get(buffer("a"), 0, 1, target, offset));
            }
            assertEquals("\0".repeat(10), text(target));
            assertUnchanged(free);
        }

        private void assertUnchanged(int free) {
            assertEquals(free, map.map.free());
            assertEquals(1, map.map.length());
            assertEquals(List.of("a"), map.keys());
            assertTrue(map.put("b", ""), "the map is still usable");
        }
    }

    @Nested
    class Find {
        @Test
        void showsTheFirstEntryAtOrBehindAKey() {
            map.with("b", "d", "f");
            assertEquals("b", map.find(""));
            assertEquals("b", map.find("b"));
            assertEquals("d", map.find("b\0"));
            assertEquals("f", map.find("e"));
            assertNull(map.find("g"));
            map.delete("d");
            assertEquals("f", map.find("c"));
            map.delete("f");
            assertNull(map.find("c"));
            assertTrue(map.find("a", (key, keyOffset, keyLength, value, valueOffset, valueLength) -> {
                assertEquals("b", text(key, keyOffset, keyLength));
                assertEquals("value of b", text(value, valueOffset, valueLength));
            }));
        }

        @Test
        void passesManyDeletedEntries() {
            for (int i = 0; i < 100; i++) {
                map.with(String.format("%03d", i));
            }
            for (int i = 0; i < 99; i++) {
                map.delete(String.format("%03d", i));
            }
            assertEquals("099", map.find(""));
            map.delete("099");
            assertNull(map.find(""));
        }

        @Test
        void itsConsumerMayUseTheMap() {
            map.with("a", "b", "c");
            List<String> seen = new ArrayList<>();
            assertTrue(map.find("b", (key, ko, kl, value, vo, vl) -> {
                seen.add(map.get("c"));
                seen.add(map.find("c"));
                seen.add(String.valueOf(map.contains("a")));
                assertTrue(map.put("d", "new"));
                assertTrue(map.delete("a"));
                assertTrue(map.put("b", "changed"));
                seen.addAll(map.keys());
                seen.add(text(key, ko, kl) + ": " + text(value, vo, vl));
            }));
            assertEquals(List.of("value of c", "c", "true", "b", "c", "d", "b: value of b"), seen);
            assertEquals("changed", map.get("b"));
            assertEquals("new", map.get("d"));
        }

        @Test
        void itsConsumerMayFindAgainAndAgain() {
            map.with("a", "b");
            assertEquals(30, depth(30));
        }

        private int depth(int wanted) {
            int[] deepest = {0};
            assertTrue(map.find("a", (key, ko, kl, value, vo, vl) -> {
                deepest[0] = 1 + (wanted == 1 ? 0 : depth(wanted - 1));
                assertEquals("a", text(key, ko, kl), "the outer view shows the same as before");
            }));
            return deepest[0];
        }

        @Test
        void itsConsumerMustNotCloseOrReset() {
            map.with("a");
            assertTrue(map.find("a", (key, ko, kl, value, vo, vl) -> {
                assertIllegalState(map.map::close);
                assertIllegalState(map.map::reset);
                assertEquals("value of a", text(value, vo, vl));
            }));
            assertEquals("value of a", map.get("a"));
            assertTrue(map.put("b", ""));
            map.map.reset();
            assertEquals(List.of(), map.keys());
        }

        @Test
        void aConsumerThatThrowsLeavesTheMapUsable() {
            map.with("a", "b");
            DirectBuffer[] kept = new DirectBuffer[2];
            IllegalMonitorStateException thrown = new IllegalMonitorStateException("by the consumer");
            for (int i = 0; i < 200; i++) {
                assertSame(
                        thrown,
                        assertThrows(
                                IllegalMonitorStateException.class,
                                () -> map.find("a", (key, ko, kl, value, vo, vl) -> {
                                    kept[0] = key;
                                    kept[1] = value;
                                    throw thrown;
                                })));
            }
            assertEquals(0, kept[0].capacity());
            assertEquals(0, kept[1].capacity());
            assertEquals("a", map.find("a"));
            assertTrue(map.put("c", ""));
            map.map.reset();
        }

        @Test
        void itsViewsAreEmptyAfterTheCall() {
            map.with("a");
            List<DirectBuffer> kept = new ArrayList<>();
            map.find("a", (key, ko, kl, value, vo, vl) -> {
                kept.add(key);
                kept.add(value);
            });
            map.close();
            for (DirectBuffer view : kept) {
                assertEquals(0, view.capacity());
                assertThrows(IndexOutOfBoundsException.class, () -> view.getByte(0));
            }
        }
    }

    @Nested
    class Iterators {
        @Test
        void beginBeforeTheFirstAndEndBehindTheLast() {
            map.with("a", "b");
            try (MemDbIterator iterator = map.map.iterator()) {
                assertNotOnEntry(iterator);
                assertFalse(iterator.prev());
                assertNotOnEntry(iterator);
                assertTrue(iterator.next());
                assertOn("a", iterator);
                assertTrue(iterator.next());
                assertOn("b", iterator);
                assertFalse(iterator.next());
                assertNotOnEntry(iterator);
                assertFalse(iterator.next());
                assertNotOnEntry(iterator);
                assertTrue(iterator.prev());
                assertOn("b", iterator);
                assertTrue(iterator.prev());
                assertOn("a", iterator);
                assertFalse(iterator.prev());
                assertNotOnEntry(iterator);
                assertFalse(iterator.prev());
                assertTrue(iterator.next());
                assertOn("a", iterator);
            }
        }

        @Test
        void ofAnEmptyMapAreNowhere() {
            try (MemDbIterator iterator = map.map.iterator()) {
                assertFalse(iterator.next());
                assertFalse(iterator.prev());
                assertFalse(iterator.first());
                assertFalse(iterator.last());
                assertFalse(iterator.seek(buffer("")));
                assertNotOnEntry(iterator);
                map.with("a");
                assertTrue(iterator.prev(), "behind the last after a seek that found nothing");
                assertOn("a", iterator);
            }
        }

        @Test
        void seekTheFirstEntryAtOrBehindAKey() {
            map.with("b", "d");
            try (MemDbIterator iterator = map.map.iterator()) {
                assertTrue(iterator.seek(buffer("")));
                assertOn("b", iterator);
                assertTrue(iterator.seek(buffer("b")));
                assertOn("b", iterator);
                assertTrue(iterator.seek(new byte[] {'c'}));
                assertOn("d", iterator);
                assertTrue(iterator.prev());
                assertOn("b", iterator);
                assertFalse(iterator.seek(buffer("e")));
                assertNotOnEntry(iterator);
                assertTrue(iterator.prev());
                assertOn("d", iterator);
                assertTrue(iterator.seek(buffer("xxbxx"), 2, 1));
                assertOn("b", iterator);
                assertTrue(iterator.last());
                assertOn("d", iterator);
                assertTrue(iterator.first());
                assertOn("b", iterator);
            }
        }

        @Test
        void keepToTheirSlice() {
            map.with("a", "b", "c", "d", "e");
            assertEquals(List.of("b", "c"), map.keys("b", "d"));
            assertEquals(List.of("b", "c"), map.keys("aa", "ca"));
            assertEquals(List.of("a", "b"), map.keys(null, "c"));
            assertEquals(List.of("d", "e"), map.keys("d", null));
            assertEquals(List.of("a", "b", "c", "d", "e"), map.keys("", null));
            assertEquals(List.of(), map.keys(null, ""));
            assertEquals(List.of(), map.keys("c", "c"));
            assertEquals(List.of(), map.keys("d", "b"));
            assertEquals(List.of(), map.keys("f", null));
            try (MemDbIterator iterator = map.iterator("b", "d")) {
                assertTrue(iterator.last());
                assertOn("c", iterator);
                assertFalse(iterator.next());
                assertTrue(iterator.prev());
                assertOn("c", iterator);
                assertTrue(iterator.seek(buffer("a")));
                assertOn("b", iterator);
                assertFalse(iterator.prev());
                assertTrue(iterator.next());
                assertOn("b", iterator);
                assertFalse(iterator.seek(buffer("d")));
                assertTrue(iterator.prev());
                assertOn("c", iterator);
            }
            for (String[] bounds : new String[][] {{"d", "b"}, {"c", "c"}}) {
                try (MemDbIterator iterator = map.iterator(bounds[0], bounds[1])) {
                    assertFalse(iterator.first());
                    assertFalse(iterator.last());
                    assertFalse(iterator.next());
                    assertFalse(iterator.prev());
                    assertFalse(iterator.seek(buffer("c")));
                    assertNotOnEntry(iterator);
                }
            }
        }

        @Test
        void copyTheirBounds() {
            map.with("a", "b", "c");
            UnsafeBuffer from = buffer("b");
            UnsafeBuffer to = buffer("c");
            try (MemDbIterator iterator = map.map.iterator(from, to)) {
                from.putByte(0, (byte) 'a');
                to.putByte(0, (byte) 'x');
                assertTrue(iterator.next());
                assertOn("b", iterator);
                assertFalse(iterator.next());
            }
        }

        @Test
        void seeWhatIsWrittenMeanwhile() {
            map.with("b", "d");
            try (MemDbIterator iterator = map.map.iterator()) {
                assertTrue(iterator.next());
                map.with("a", "c");
                map.put("d", "changed");
                assertTrue(iterator.next());
                assertOn("c", iterator);
                assertTrue(iterator.next());
                assertEquals("changed", text(iterator.value()));
                map.put("d", "again");
                assertEquals("changed", text(iterator.value()), "as it was when the iterator came");
                map.delete("d");
                assertOn("d", iterator);
                map.delete("c");
                assertTrue(iterator.prev());
                assertOn("b", iterator);
                assertFalse(iterator.next());
            }
        }

        @Test
        void showOldBytesUntilTheyMove() {
            map.with("a", "b");
            try (MemDbIterator iterator = map.map.iterator()) {
                iterator.next();
                DirectBuffer key = iterator.key();
                DirectBuffer value = iterator.value();
                map.put("a", "something else");
                map.delete("a");
                assertEquals("a", text(key));
                assertEquals("value of a", text(value));
            }
        }

        @Test
        void thatAreClosedThrow() {
            map.with("a");
            MemDbIterator iterator = map.map.iterator();
            assertTrue(iterator.next());
            DirectBuffer key = iterator.key();
            DirectBuffer value = iterator.value();
            iterator.close();
            iterator.close();
            assertAllThrow(iterator);
            assertEquals(0, key.capacity());
            assertEquals(0, value.capacity());
            map.map.reset();
            assertEquals(List.of(), map.keys());
        }

        @Test
        void closedTwiceDoNotFreeTheMap() {
            map.with("a");
            MemDbIterator iterator = map.map.iterator();
            iterator.close();
            iterator.close();
            iterator.close();
            assertEquals("value of a", map.get("a"));
            assertTrue(map.ledger.bytes(MemoryPurpose.MEMTABLE) > 0);
        }

        private void assertOn(String key, MemDbIterator iterator) {
            assertTrue(iterator.isValid());
            assertEquals(key, text(iterator.key()));
        }

        private void assertNotOnEntry(MemDbIterator iterator) {
            assertFalse(iterator.isValid());
            assertIllegalState(iterator::key);
            assertIllegalState(iterator::value);
        }
    }

    private static void assertAllThrow(MemDbIterator iterator) {
        assertIllegalState(iterator::first);
        assertIllegalState(iterator::last);
        assertIllegalState(iterator::next);
        assertIllegalState(iterator::prev);
        assertIllegalState(() -> iterator.seek(buffer("a")));
        assertIllegalState(() -> iterator.seek(buffer("a"), 0, 1));
        assertIllegalState(() -> iterator.seek(new byte[] {'a'}));
        assertIllegalState(iterator::isValid);
        assertIllegalState(iterator::key);
        assertIllegalState(iterator::value);
    }

    @Nested
    class Resetting {
        @Test
        void emptiesTheMapAndKeepsItsMemory() {
            map.with("a", "b");
            long out = map.ledger.totalBytes();
            map.map.reset();
            assertEquals(out, map.ledger.totalBytes());
            assertNull(map.get("a"));
            assertEquals(List.of(), map.keys());
            map.with("b", "c");
            assertEquals(List.of("b", "c"), map.keys());
        }

        @Test
        void isRefusedWithAnOpenIterator() {
            map.with("a", "b");
            int free = map.map.free();
            try (MemDbIterator iterator = map.map.iterator()) {
                assertTrue(iterator.next());
                MemDbIterator other = map.map.iterator();
                assertIllegalState(map.map::reset);
                other.close();
                IllegalStateException refusal = assertThrows(IllegalStateException.class, map.map::reset);
                assertTrue(refusal.getMessage().contains("1 open iterator"), refusal.getMessage());
                assertEquals(free, map.map.free());
                assertEquals("a", text(iterator.key()));
                assertTrue(iterator.next());
            }
            assertEquals(List.of("a", "b"), map.keys());
            map.with("c");
            map.map.reset();
            assertEquals(0, map.map.length());
        }

        @Test
        void mayBeDoneAgainAndAgainWithKeysThatHaveNothingInCommon() {
            for (int round = 0; round < 30; round++) {
                String prefix = "x".repeat(round % 10) + (char) ('a' + round % 3);
                for (int i = 0; i < 20; i++) {
                    map.with(prefix + i);
                }
                assertEquals(20, map.keys().size());
                assertEquals("value of " + prefix + 7, map.get(prefix + 7));
                assertNull(map.get("other"));
                map.map.reset();
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void givesTheMemoryBackAtOnce() {
            map.with("a");
            assertEquals(map.ledger.totalBytes(), map.ledger.bytes(MemoryPurpose.MEMTABLE));
            assertTrue(map.ledger.totalBytes() > CAPACITY);
            map.close();
            assertEquals(0, map.ledger.totalBytes());
            map.close();
            assertEquals(0, map.ledger.totalBytes());
        }

        @Test
        void makesEveryCallThrow() {
            map.with("a");
            map.close();
            assertIllegalState(() -> map.put("a", "b"));
            assertIllegalState(() -> map.delete("a"));
            assertIllegalState(() -> map.delete("x"));
            assertIllegalState(() -> map.get("a"));
            assertIllegalState(() -> map.contains("a"));
            assertIllegalState(() -> map.find("a"));
            assertIllegalState(map.map::iterator);
            assertIllegalState(() -> map.iterator("a", "b"));
            assertIllegalState(map.map::reset);
            RecordGroup group = new RecordGroup(1);
            group.begin(buffer("ab"));
            assertIllegalState(() -> map.map.putAll(group));
            assertTrue(group.add(0, 1, 1, 1));
            assertIllegalState(() -> map.map.putAll(group));
        }

        @Test
        void leavesTheMemoryToOpenIterators() {
            map.with("a", "b");
            MemDbIterator iterator = map.map.iterator();
            MemDbIterator other = map.map.iterator();
            assertTrue(iterator.next());
            DirectBuffer key = iterator.key();
            DirectBuffer value = iterator.value();
            long out = map.ledger.totalBytes();
            map.close();
            assertEquals(out, map.ledger.bytes(MemoryPurpose.ORPHANED));
            assertEquals(0, map.ledger.bytes(MemoryPurpose.MEMTABLE));
            assertEquals("a", text(key));
            assertEquals("value of a", text(value));
            assertAllThrow(iterator);
            assertAllThrow(other);
            map.close();
            other.close();
            other.close();
            assertEquals(out, map.ledger.bytes(MemoryPurpose.ORPHANED));
            assertEquals("value of a", text(value));
            iterator.close();
            assertEquals(0, map.ledger.totalBytes());
            assertEquals(0, key.capacity());
            assertEquals(0, value.capacity());
            iterator.close();
            assertEquals(0, map.ledger.totalBytes());
        }

        @Test
        void usesTheProcessesLedgerWhereNoOtherIsGiven() {
            long before = MemoryLedger.process().totalBytes();
            try (MemDb plain = new MemDb(1000)) {
                assertEquals(1000, plain.free());
                assertTrue(MemoryLedger.process().bytes(MemoryPurpose.MEMTABLE) >= 1000 + before);
            }
            assertEquals(before, MemoryLedger.process().totalBytes());
        }
    }
}
