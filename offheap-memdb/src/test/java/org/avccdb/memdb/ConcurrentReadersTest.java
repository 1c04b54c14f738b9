package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers next to a writer that follows a {@link Script}: whatever they see must be a state that existed between the
 * beginning and the end of the call.
 */
class ConcurrentReadersTest {
    private static final int READERS = 2;

    @ParameterizedTest
    @EnumSource(Script.Pattern.class)
    void readersOfAMap(Script.Pattern pattern) {
        try (MemDb map = new MemDb(96 << 10)) {
            for (int round = 0; round < 120; round++) {
                long seed = round;
                Script script = Script.ofMap(pattern, seed);
                List<Crew.Task> tasks = new ArrayList<>();
                tasks.add(() -> write(script, map));
                for (int i = 0; i < READERS; i++) {
                    Random random = new Random(seed + i);
                    tasks.add(() -> new MapReader(script, map, random).readUntilDone());
                }
                runAll(tasks, pattern, seed);
                assertEquals(script.liveAtEnd(), map.length(), () -> pattern + ", seed " + seed);
                map.reset();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Script.Pattern.class)
    void readersOfAListInInternalOrder(Script.Pattern pattern) {
        Arena arena = new Arena(96 << 10, MemoryLedger.process());
        try {
            for (int round = 0; round < 120; round++) {
                long seed = round;
                Script script = Script.ofList(pattern, seed);
                SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, seed);
                List<Crew.Task> tasks = new ArrayList<>();
                tasks.add(() -> write(script, list));
                for (int i = 0; i < READERS; i++) {
                    Random random = new Random(seed + i);
                    boolean alsoInOrderOfWriting = i == 0;
                    tasks.add(() -> new ListReader(script, list, random).readUntilDone(alsoInOrderOfWriting));
                }
                runAll(tasks, pattern, seed);
                arena.reset();
            }
        } finally {
            arena.release();
        }
    }

    private static void runAll(List<Crew.Task> tasks, Script.Pattern pattern, long seed) {
        try {
            Crew.runAll(tasks);
        } catch (AssertionError e) {
            throw new AssertionError(pattern + ", seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void write(Script script, MemDb map) {
        try {
            for (int step = 0; step < script.steps(); step++) {
                script.begin(step);
                UnsafeBuffer key = script.key(script.rankOf(step));
                if (script.isDelete(step)) {
                    map.delete(key, 0, key.capacity());
                } else {
                    UnsafeBuffer value = script.value(step);
                    assertTrue(map.put(key, 0, key.capacity(), value, 0, value.capacity()));
                }
                script.publish(step);
            }
        } finally {
            script.end();
        }
    }

    private static void write(Script script, SkipList list) {
        try {
            for (int step = 0; step < script.steps(); step++) {
                script.begin(step);
                int rank = script.rankOf(step);
                UnsafeBuffer key = script.key(rank);
                UnsafeBuffer value = script.value(step);
                assertTrue(list.writer()
                        .add(
                                key,
                                0,
                                key.capacity(),
                                script.version(rank),
                                script.stamp(rank),
                                value,
                                0,
                                value.capacity()));
                script.publish(step);
            }
        } finally {
            script.end();
        }
    }

    /** What one reader may see, given what it knows has been written: the writes up to its floor for each key. */
    private abstract static class Reader {
        final Script script;
        final Random random;
        private final int[] floor;
        private int known;

        Reader(Script script, Random random) {
            this.script = script;
            this.random = random;
            this.floor = new int[script.ranks()];
            Arrays.fill(floor, -1);
        }

        /** What is published now must be seen from here on. */
        final void learn() {
            for (int published = script.published(); known < published; known++) {
                int rank = script.rankOf(known);
                floor[rank] = Math.max(floor[rank], known);
            }
        }

        final void present(int rank, DirectBuffer value, int offset, int length) {
            int step = script.stepOf(value, offset, length);
            assertEquals(rank, script.rankOf(step), () -> "value of another key, of step " + step);
            assertTrue(!script.isDelete(step));
            assertTrue(step < script.begun(), () -> "value of step " + step + ", which has not begun");
            int oldest = floor[rank];
            assertTrue(step >= oldest, () -> "rank " + rank + ": step " + step + " after " + oldest);
            floor[rank] = step;
        }

        final void absent(int rank) {
            int last = floor[rank];
            if (last < 0 || script.isDelete(last)) {
                return;
            }
            int deleted = script.nextDelete(last);
            assertTrue(
                    deleted < script.begun(),
                    () -> "rank " + rank + " of step " + last + " is missing; its next deletion is " + deleted);
            floor[rank] = deleted;
        }

        final void absentBetween(int from, int to) {
            for (int rank = from + 1; rank < to; rank++) {
                absent(rank);
            }
        }

        /** A rank close to where the writer is. */
        final int hotRank() {
            int step = Math.min(script.published() + random.nextInt(3), script.steps() - 1);
            int rank = script.rankOf(step) + random.nextInt(7) - 3;
            return Math.max(0, Math.min(script.ranks() - 1, rank));
        }
    }

    private static final class MapReader extends Reader {
        private final MemDb map;
        private final UnsafeBuffer target = new UnsafeBuffer(new byte[Script.MAX_VALUE]);

        MapReader(Script script, MemDb map, Random random) {
            super(script, random);
            this.map = map;
        }

        void readUntilDone() {
            boolean done;
            do {
                done = script.isDone();
                switch (random.nextInt(6)) {
                    case 0 -> walkForward(-1, script.ranks());
                    case 1 -> walkBackward(-1, script.ranks());
                    case 2 -> {
                        int hot = hotRank();
                        walkForward(Math.max(-1, hot - 20), Math.min(script.ranks(), hot + 20));
                    }
                    case 3 -> {
                        int hot = hotRank();
                        walkBackward(Math.max(-1, hot - 20), Math.min(script.ranks(), hot + 20));
                    }
                    case 4 -> {
                        for (int i = 0; i < 20; i++) {
                            learn();
                            get(hotRank());
                            find(hotRank());
                        }
                    }
                    default -> zigzag();
                }
            } while (!done);
            learn();
            walkForward(-1, script.ranks());
            walkBackward(-1, script.ranks());
        }

        private MemDbIterator slice(int behind, int to) {
            return map.iterator(
                    behind < 0 ? null : script.key(behind + 1), to < script.ranks() ? script.key(to) : null);
        }

        private void walkForward(int behind, int to) {
            learn();
            try (MemDbIterator iterator = slice(behind, to)) {
                int last = behind;
                while (iterator.next()) {
                    last = arriveForward(iterator, last);
                    assertTrue(last < to);
                    if (random.nextInt(16) == 0) {
                        get(last);
                    }
                }
                absentBetween(last, to);
            }
        }

        private void walkBackward(int behind, int to) {
            learn();
            try (MemDbIterator iterator = slice(behind, to)) {
                int last = to;
                for (boolean found = iterator.last(); found; found = iterator.prev()) {
                    last = arriveBackward(iterator, last);
                    assertTrue(last > behind);
                    if (random.nextInt(16) == 0) {
                        get(last);
                    }
                }
                absentBetween(behind, last);
            }
        }

        private int arriveForward(MemDbIterator iterator, int last) {
            int rank = script.rankOfKey(iterator.key());
            assertTrue(rank > last, () -> rank + " behind " + last);
            absentBetween(last, rank);
            DirectBuffer value = iterator.value();
            present(rank, value, 0, value.capacity());
            return rank;
        }

        private int arriveBackward(MemDbIterator iterator, int last) {
            int rank = script.rankOfKey(iterator.key());
            assertTrue(rank < last, () -> rank + " before " + last);
            absentBetween(rank, last);
            DirectBuffer value = iterator.value();
            present(rank, value, 0, value.capacity());
            return rank;
        }

        private void zigzag() {
            learn();
            try (MemDbIterator iterator = map.iterator()) {
                int from = hotRank();
                if (!iterator.seek(script.key(from))) {
                    absentBetween(from - 1, script.ranks());
                    return;
                }
                int at = arriveForward(iterator, from - 1);
                for (int i = 0; i < 40; i++) {
                    if (random.nextInt(3) == 0 == (from % 2 == 0)) {
                        if (!iterator.next()) {
                            absentBetween(at, script.ranks());
                            return;
                        }
                        at = arriveForward(iterator, at);
                    } else {
                        if (!iterator.prev()) {
                            absentBetween(-1, at);
                            return;
                        }
                        at = arriveBackward(iterator, at);
                    }
                }
            }
        }

        private void get(int rank) {
            UnsafeBuffer key = script.key(rank);
            int length = map.get(key, 0, key.capacity(), target, 0);
            if (length == MemDb.NOT_FOUND) {
                absent(rank);
            } else {
                present(rank, target, 0, length);
            }
            if (!map.contains(key, 0, key.capacity())) {
                absent(rank);
            }
        }

        private void find(int from) {
            UnsafeBuffer key = script.key(from);
            int[] found = {script.ranks()};
            map.find(key, 0, key.capacity(), (k, keyOffset, keyLength, value, offset, length) -> {
                found[0] = script.rankOfKey(new UnsafeBuffer(k, keyOffset, keyLength));
                present(found[0], value, offset, length);
            });
            assertTrue(found[0] >= from);
            absentBetween(from - 1, found[0]);
        }
    }

    private static final class ListReader extends Reader {
        private final SkipList list;
        private final SkipListIterator iterator;
        private final UnsafeBuffer key = new UnsafeBuffer(0, 0);
        private final UnsafeBuffer value = new UnsafeBuffer(0, 0);
        private int written;
        private int end;

        ListReader(Script script, SkipList list, Random random) {
            super(script, random);
            this.list = list;
            this.iterator = list.iterator();
        }

        void readUntilDone(boolean alsoInOrderOfWriting) {
            boolean done;
            do {
                done = script.isDone();
                switch (random.nextInt(5)) {
                    case 0 -> walk(iterator.first(), -1);
                    case 1 -> walkBack(iterator.last(), script.ranks());
                    case 2 -> {
                        learn();
                        int from = hotRank();
                        walk(seek(from), from - 1);
                    }
                    case 3 -> {
                        learn();
                        int to = hotRank();
                        walkBack(seekBefore(to), to);
                    }
                    default -> zigzag();
                }
                learn();
                if (alsoInOrderOfWriting) {
                    readWritten();
                }
            } while (!done);
            walk(iterator.first(), -1);
            walkBack(iterator.last(), script.ranks());
            if (alsoInOrderOfWriting) {
                readWritten();
                assertEquals(script.steps(), written);
            }
        }

        private boolean seek(int rank) {
            UnsafeBuffer wanted = script.key(rank);
            return iterator.seek(wanted, 0, wanted.capacity(), script.version(rank), script.stamp(rank));
        }

        private boolean seekBefore(int rank) {
            UnsafeBuffer wanted = script.key(rank);
            return iterator.seekBefore(wanted, 0, wanted.capacity(), script.version(rank), script.stamp(rank));
        }

        private void walk(boolean first, int behind) {
            int last = behind;
            for (boolean found = first; found; found = iterator.next()) {
                last = arriveForward(last);
            }
            absentBetween(last, script.ranks());
        }

        private void walkBack(boolean first, int to) {
            int last = to;
            for (boolean found = first; found; found = iterator.prev()) {
                last = arriveBackward(last);
            }
            absentBetween(-1, last);
        }

        private int arriveForward(int last) {
            int rank = here();
            assertTrue(rank > last, () -> rank + " behind " + last);
            absentBetween(last, rank);
            return rank;
        }

        private int arriveBackward(int last) {
            int rank = here();
            assertTrue(rank < last, () -> rank + " before " + last);
            absentBetween(rank, last);
            return rank;
        }

        private int here() {
            return check(iterator.record());
        }

        private int check(int record) {
            list.showKey(record, key);
            list.showValue(record, value);
            int rank = script.rankOf(script.stepOf(value, 0, value.capacity()));
            assertEquals(script.key(rank), new UnsafeBuffer(key));
            assertEquals(script.version(rank), list.version(record));
            assertEquals(script.stamp(rank), list.stamp(record));
            present(rank, value, 0, value.capacity());
            return rank;
        }

        private void zigzag() {
            learn();
            int from = hotRank();
            boolean found = from % 4 < 2 ? seek(from) : seekBefore(from);
            if (!found) {
                return;
            }
            int at = here();
            for (int i = 0; i < 60; i++) {
                if (random.nextInt(3) == 0 == (from % 2 == 0)) {
                    if (!iterator.next()) {
                        absentBetween(at, script.ranks());
                        return;
                    }
                    at = arriveForward(at);
                } else {
                    if (!iterator.prev()) {
                        absentBetween(-1, at);
                        return;
                    }
                    at = arriveBackward(at);
                }
            }
        }

        private void readWritten() {
            int published = script.published();
            for (int record = list.nextRecord(end); record != Arena.NONE; record = list.nextRecord(end)) {
                list.showValue(record, value);
                assertEquals(written, script.stepOf(value, 0, value.capacity()));
                check(record);
                written++;
                end = list.endOf(record);
            }
            assertTrue(written >= published);
        }
    }
}
