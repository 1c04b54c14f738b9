package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Executes a history on a map and on a model of it; an {@link AssertionError} says where they differ first. */
final class MapRun implements AutoCloseable {
    private static final int RECORD_OVERHEAD = 16;
    private static final int VALUE_OVERHEAD = 8;

    /** What the map may have beyond its capacity, so that it ends with a cache line. */
    private static final int MOST_EXTRA = 63;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final MemDb map;
    private final NavigableMap<Bytes, Bytes> model = new ConcurrentSkipListMap<>();
    private final Buffers keys = new Buffers();
    private final Buffers values = new Buffers();

    /** All that have a record, deleted ones too. */
    private final Set<Bytes> recorded = new HashSet<>();

    private boolean refused;
    private int bytes;

    private MemDbIterator iterator;
    private Bytes from;
    private Bytes to;
    /** Where the model's iterator is: on this key, or before or behind all. */
    private Bytes position;

    private Bytes arrivedAt;
    private boolean behind;

    MapRun(int capacity) {
        map = new MemDb(capacity, ledger);
        assertEquals(capacity, map.capacity());
        assertEquals(capacity, map.free());
    }

    /** Executes a whole history. */
    static void execute(int capacity, List<MapStep> history) {
        MapRun run = new MapRun(capacity);
        try (run) {
            int at = 0;
            for (MapStep step : history) {
                try {
                    run.execute(step);
                    run.checkCounters();
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError("step " + at + ": " + failure, failure);
                }
                at++;
            }
            run.checkContent();
        }
        assertEquals(0, run.ledger.totalBytes(), run.ledger::toString);
    }

    static boolean fails(int capacity, List<MapStep> history) {
        try {
            execute(capacity, history);
            return false;
        } catch (RuntimeException | AssertionError failure) {
            return true;
        }
    }

    @Override
    public void close() {
        closeIterator();
        map.close();
    }

    private void execute(MapStep step) {
        if (step instanceof MapStep.Put put) {
            put(put);
        } else if (step instanceof MapStep.Delete delete) {
            Buffers.Placed key = keys.place(delete.key(), delete.at());
            int free = map.free();
            Bytes before = model.remove(delete.key());
            bytes -= before == null ? 0 : delete.key().length() + before.length();
            assertEquals(before != null, map.delete(key.buffer(), key.offset(), key.length()), "delete");
            assertEquals(free, map.free(), "free after delete");
        } else if (step instanceof MapStep.Get get) {
            get(get);
        } else if (step instanceof MapStep.Contains contains) {
            Buffers.Placed key = keys.place(contains.key(), contains.at());
            assertEquals(
                    model.containsKey(contains.key()),
                    map.contains(key.buffer(), key.offset(), key.length()),
                    "contains");
        } else if (step instanceof MapStep.Find find) {
            find(find);
        } else if (step instanceof MapStep.PutAll all) {
            putAll(all);
        } else if (step instanceof MapStep.Open open) {
            closeIterator();
            iterator = map.iterator(bufferOf(open.from()), bufferOf(open.to()));
            from = open.from();
            to = open.to();
            stand(null, false);
            checkIterator();
        } else if (step instanceof MapStep.Move move) {
            if (iterator != null) {
                move(move.direction());
            }
        } else if (step instanceof MapStep.Seek seek) {
            if (iterator != null) {
                seek(seek);
            }
        } else if (step instanceof MapStep.Walk walk) {
            walk(walk.from(), walk.to());
        } else if (step instanceof MapStep.Reset reset) {
            if (refused || !reset.onlyWhenFull()) {
                reset(reset.closing());
            }
        }
    }

    private void put(MapStep.Put put) {
        Buffers.Placed key = keys.place(put.key(), put.at());
        Buffers.Placed value = values.place(put.value(), Buffers.PLACES - 1 - put.at());
        int free = map.free();
        boolean done =
                map.put(key.buffer(), key.offset(), key.length(), value.buffer(), value.offset(), value.length());
        assertEquals(put.key(), key.content(), "the caller's key");
        assertEquals(put.value(), value.content(), "the caller's value");
        if (done) {
            checkRoomTaken(put.key(), put.value(), free);
            model(put.key(), put.value());
        } else {
            assertEquals(free, map.free(), "free after a refusal");
            checkRefusal(put.key(), put.value());
        }
    }

    private void putAll(MapStep.PutAll all) {
        int length = 0;
        for (MapStep.Entry entry : all.entries()) {
            length += entry.key().length() + entry.value().length();
        }
        Buffers.Placed content = keys.room(length, all.at());
        RecordGroup group = new RecordGroup(all.entries().size());
        group.begin(content.buffer());
        int at = content.offset();
        for (MapStep.Entry entry : all.entries()) {
            int valueAt = at + entry.key().length();
            content.buffer().putBytes(at, entry.key().array());
            content.buffer().putBytes(valueAt, entry.value().array());
            assertTrue(
                    group.add(at, entry.key().length(), valueAt, entry.value().length()));
            at = valueAt + entry.value().length();
        }
        int written = map.putAll(group);
        for (MapStep.Entry entry : all.entries().subList(0, written)) {
            model(entry.key(), entry.value());
        }
        if (written < all.entries().size()) {
            MapStep.Entry next = all.entries().get(written);
            checkRefusal(next.key(), next.value());
        }
    }

    private void model(Bytes key, Bytes value) {
        Bytes before = model.put(key, value);
        bytes += value.length() - (before == null ? -key.length() : before.length());
        recorded.add(key);
    }

    private void checkRoomTaken(Bytes key, Bytes value, int freeBefore) {
        int taken = freeBefore - map.free();
        int least = needed(key, value) - (freeBefore == map.capacity() ? MOST_EXTRA : 0);
        int most = needed(key, value) + 7 + mostIndex(key);
        assertTrue(taken >= least && taken <= most, () -> taken + " bytes taken instead of " + least + " to " + most);
    }

    /** What was refused must not have had room. */
    private void checkRefusal(Bytes key, Bytes value) {
        refused = true;
        int needed = needed(key, value) + mostIndex(key);
        assertTrue(needed > map.free(), () -> "refused with " + map.free() + " free, needed " + needed);
    }

    private int needed(Bytes key, Bytes value) {
        return recorded.contains(key)
                ? VALUE_OVERHEAD + value.length()
                : RECORD_OVERHEAD + key.length() + value.length();
    }

    /** What a key may take beside its record: nothing where the one leaf has room. */
    private int mostIndex(Bytes key) {
        return recorded.contains(key) || recorded.size() < LeafDescriptor.CAPACITY ? 0 : SkipList.overheadLength();
    }

    private void get(MapStep.Get get) {
        Buffers.Placed key = keys.place(get.key(), get.at());
        Bytes expected = model.get(get.key());
        int expectedLength = expected == null ? 0 : expected.length();
        Buffers.Placed target = values.room(Math.max(0, expectedLength + get.room()), get.at() + 3);
        UnsafeBuffer exact = new UnsafeBuffer(target.buffer(), 0, target.offset() + target.length());
        int length = map.get(key.buffer(), key.offset(), key.length(), exact, target.offset());
        assertEquals(expected == null ? MemDb.NOT_FOUND : expectedLength, length, "length of the value");
        boolean copied = expected != null && expectedLength <= target.length();
        Bytes untouched = Bytes.repeated(Buffers.FILLER & 0xFF, target.buffer().capacity());
        Bytes all = copied
                ? untouched
                        .first(target.offset())
                        .plus(expected)
                        .plus(untouched.first(target.buffer().capacity() - target.offset() - expectedLength))
                : untouched;
        assertEquals(all, Buffers.copy(target.buffer()), "the target of get");
    }

    private void find(MapStep.Find find) {
        Buffers.Placed probe = keys.place(find.key(), find.at());
        Map.Entry<Bytes, Bytes> expected = model.ceilingEntry(find.key());
        List<Map.Entry<Bytes, Bytes>> shown = new ArrayList<>();
        boolean found = map.find(
                probe.buffer(),
                probe.offset(),
                probe.length(),
                (key, keyOffset, keyLength, value, valueOffset, valueLength) -> shown.add(Map.entry(
                        Buffers.copy(key, keyOffset, keyLength), Buffers.copy(value, valueOffset, valueLength))));
        assertEquals(expected != null, found, "find");
        assertEquals(expected == null ? List.of() : List.of(expected), shown, "what find shows");
    }

    private void move(MapStep.Direction direction) {
        switch (direction) {
            case FIRST -> {
                Bytes first = first(slice());
                boolean found = iterator.first();
                stand(first, first == null);
                assertEquals(first != null, found, "first");
            }
            case LAST -> {
                Bytes last = last(slice());
                boolean found = iterator.last();
                stand(last, false);
                assertEquals(last != null, found, "last");
            }
            case NEXT -> {
                Bytes next = position == null ? behind ? null : first(slice()) : first(behindPosition());
                boolean found = iterator.next();
                stand(next, next == null);
                assertEquals(next != null, found, "next");
            }
            case PREV -> {
                Bytes previous = position == null ? behind ? last(slice()) : null : last(beforePosition());
                boolean found = iterator.prev();
                stand(previous, false);
                assertEquals(previous != null, found, "prev");
            }
            case CLOSE -> closeIterator();
        }
        checkIterator();
    }

    private void seek(MapStep.Seek seek) {
        Bytes found = first(seek.key().compareTo(from == null ? Bytes.EMPTY : from) < 0 ? slice() : slice(seek.key()));
        Buffers.Placed key = keys.place(seek.key(), seek.at());
        boolean there = switch (seek.at() % 3) {
            case 0 -> iterator.seek(seek.key().array());
            case 1 -> iterator.seek(new UnsafeBuffer(key.buffer(), key.offset(), key.length()));
            default -> iterator.seek(key.buffer(), key.offset(), key.length());
        };
        stand(found, found == null);
        assertEquals(found != null, there, "seek");
        checkIterator();
    }

    private void stand(Bytes key, boolean isBehind) {
        position = key;
        arrivedAt = key == null ? null : model.get(key);
        behind = isBehind;
    }

    private NavigableMap<Bytes, Bytes> slice() {
        return slice(from);
    }

    private NavigableMap<Bytes, Bytes> slice(Bytes start) {
        return slice(start, to);
    }

    private NavigableMap<Bytes, Bytes> slice(Bytes start, Bytes end) {
        if (start != null && end != null && start.compareTo(end) >= 0) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<Bytes, Bytes> tail = start == null ? model : model.tailMap(start, true);
        return end == null ? tail : tail.headMap(end, false);
    }

    private NavigableMap<Bytes, Bytes> behindPosition() {
        NavigableMap<Bytes, Bytes> tail = model.tailMap(position, false);
        return to == null || to.compareTo(position) <= 0 ? tail : tail.headMap(to, false);
    }

    private NavigableMap<Bytes, Bytes> beforePosition() {
        NavigableMap<Bytes, Bytes> head = model.headMap(position, false);
        return from == null || from.compareTo(position) >= 0
                ? from == null ? head : Collections.emptyNavigableMap()
                : head.tailMap(from, true);
    }

    private static Bytes first(NavigableMap<Bytes, Bytes> part) {
        return part.isEmpty() ? null : part.firstKey();
    }

    private static Bytes last(NavigableMap<Bytes, Bytes> part) {
        return part.isEmpty() ? null : part.lastKey();
    }

    private void checkIterator() {
        if (iterator == null) {
            return;
        }
        assertEquals(position != null, iterator.isValid(), "isValid");
        if (position == null) {
            assertThrows(IllegalStateException.class, iterator::key);
            assertThrows(IllegalStateException.class, iterator::value);
        } else {
            assertEquals(position, Buffers.copy(iterator.key()), "key");
            assertEquals(arrivedAt, Buffers.copy(iterator.value()), "value");
        }
    }

    private void closeIterator() {
        if (iterator != null) {
            iterator.close();
            iterator = null;
        }
    }

    private void walk(Bytes start, Bytes end) {
        List<Map.Entry<Bytes, Bytes>> expected = new ArrayList<>();
        slice(start, end).forEach((key, value) -> expected.add(Map.entry(key, value)));
        try (MemDbIterator walker = map.iterator(bufferOf(start), bufferOf(end))) {
            List<Map.Entry<Bytes, Bytes>> seen = new ArrayList<>();
            while (seen.size() <= expected.size() && walker.next()) {
                seen.add(entryAt(walker));
            }
            assertEquals(expected, seen, "the slice forwards");
            assertFalse(walker.next());
            seen.clear();
            while (seen.size() <= expected.size() && walker.prev()) {
                seen.add(entryAt(walker));
            }
            Collections.reverse(seen);
            assertEquals(expected, seen, "the slice backwards");
            assertFalse(walker.prev());
        }
    }

    private static Map.Entry<Bytes, Bytes> entryAt(MemDbIterator walker) {
        return Map.entry(Buffers.copy(walker.key()), Buffers.copy(walker.value()));
    }

    private void reset(boolean closing) {
        if (closing) {
            closeIterator();
        }
        if (iterator != null) {
            int free = map.free();
            assertThrows(IllegalStateException.class, map::reset);
            assertEquals(free, map.free(), "free after a refused reset");
            return;
        }
        map.reset();
        model.clear();
        recorded.clear();
        bytes = 0;
        refused = false;
        assertEquals(map.capacity(), map.free(), "free after reset");
    }

    private void checkCounters() {
        assertEquals(model.size(), map.length(), "length");
        assertEquals(bytes, map.size(), "size");
    }

    private void checkContent() {
        for (Map.Entry<Bytes, Bytes> entry : model.entrySet()) {
            get(new MapStep.Get(entry.getKey(), 0, 0));
        }
        walk(null, null);
    }

    private static UnsafeBuffer bufferOf(Bytes key) {
        return key == null ? null : Buffers.of(key);
    }
}
