package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Executes a history on a list in internal order and on a model of it. */
final class ListRun implements AutoCloseable {
    private static final int RECORD_OVERHEAD = 24;

    private final Arena arena;
    private final Buffers keys = new Buffers();
    private final Buffers values = new Buffers();
    private final TreeMap<ListStep.Slot, Bytes> model = new TreeMap<>();
    private final List<ListStep.Entry> written = new ArrayList<>();
    private final List<ListStep.Entry> followed = new ArrayList<>();

    private SkipList list;
    private long seed = 1;
    private int followedTo;
    private SkipListIterator iterator;
    private ListStep.Slot position;
    private boolean behind;

    ListRun(int capacity, MemoryLedger ledger) {
        arena = new Arena(SkipList.overheadLength() + capacity, ledger);
        begin(KeyDigest.LEADING_BYTES);
    }

    private void begin(KeyDigest digests) {
        list = new SkipList(arena, KeyOrder.INTERNAL, digests, seed++);
        iterator = list.iterator();
        position = null;
        behind = false;
        followedTo = 0;
        model.clear();
        written.clear();
        followed.clear();
    }

    static void execute(int capacity, List<ListStep> history) {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        try (ListRun run = new ListRun(capacity, ledger)) {
            int at = 0;
            for (ListStep step : history) {
                try {
                    run.execute(step);
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError("step " + at + ": " + failure, failure);
                }
                at++;
            }
            run.walk();
            run.follow();
        }
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    static boolean fails(int capacity, List<ListStep> history) {
        try {
            execute(capacity, history);
            return false;
        } catch (RuntimeException | AssertionError failure) {
            return true;
        }
    }

    @Override
    public void close() {
        arena.release();
    }

    private void execute(ListStep step) {
        if (step instanceof ListStep.Add add) {
            add(add);
        } else if (step instanceof ListStep.AddAll all) {
            addAll(all);
        } else if (step instanceof ListStep.Seek seek) {
            seek(seek);
        } else if (step instanceof ListStep.Move move) {
            move(move.direction());
        } else if (step instanceof ListStep.Walk) {
            walk();
        } else if (step instanceof ListStep.Follow) {
            follow();
        } else if (step instanceof ListStep.Renew) {
            KeyDigest digests = KeyDigest.suiting(list);
            arena.reset();
            begin(digests);
        }
    }

    private void add(ListStep.Add add) {
        ListStep.Slot slot = add.entry().slot();
        Buffers.Placed key = keys.place(slot.key(), add.at());
        Buffers.Placed value = values.place(add.entry().value(), Buffers.PLACES - 1 - add.at());
        int free = arena.free();
        if (model.containsKey(slot)) {
            assertThrows(IllegalArgumentException.class, () -> add(key, slot, value));
            assertEquals(free, arena.free(), "free after a refused duplicate");
            return;
        }
        int mostIndex = mostIndex();
        if (add(key, slot, value)) {
            model(add.entry());
            int taken = free - arena.free();
            int needed = needed(add.entry());
            assertTrue(taken >= needed && taken <= needed + 7 + mostIndex, () -> taken + " bytes taken for " + needed);
        } else {
            assertEquals(free, arena.free(), "free after a refusal");
            checkRefusal(add.entry());
        }
    }

    private boolean add(Buffers.Placed key, ListStep.Slot slot, Buffers.Placed value) {
        return list.writer()
                .add(
                        key.buffer(),
                        key.offset(),
                        key.length(),
                        slot.version(),
                        slot.stamp(),
                        value.buffer(),
                        value.offset(),
                        value.length());
    }

    private void addAll(ListStep.AddAll all) {
        int length = 0;
        for (ListStep.Entry entry : all.entries()) {
            length += entry.slot().key().length() + entry.value().length();
        }
        Buffers.Placed content = keys.room(length, all.at());
        RecordGroup group = new RecordGroup(all.entries().size());
        group.begin(content.buffer());
        int at = content.offset();
        Set<ListStep.Slot> seen = new HashSet<>(model.keySet());
        int unique = 0;
        boolean duplicated = false;
        for (ListStep.Entry entry : all.entries()) {
            ListStep.Slot slot = entry.slot();
            int valueAt = at + slot.key().length();
            content.buffer().putBytes(at, slot.key().array());
            content.buffer().putBytes(valueAt, entry.value().array());
            assertTrue(group.add(
                    at,
                    slot.key().length(),
                    slot.version(),
                    slot.stamp(),
                    valueAt,
                    entry.value().length()));
            at = valueAt + entry.value().length();
            duplicated |= !seen.add(slot);
            unique += duplicated ? 0 : 1;
        }
        int done;
        try {
            done = list.writer().addAll(group);
            assertTrue(done <= unique, "a duplicate was taken");
        } catch (IllegalArgumentException duplicate) {
            assertTrue(unique < all.entries().size(), "refused as a duplicate: " + duplicate);
            all.entries().subList(0, unique).forEach(this::model);
            return;
        }
        all.entries().subList(0, done).forEach(this::model);
        if (done < all.entries().size()) {
            checkRefusal(all.entries().get(done));
        }
    }

    private void model(ListStep.Entry entry) {
        model.put(entry.slot(), entry.value());
        written.add(entry);
    }

    private static int needed(ListStep.Entry entry) {
        return RECORD_OVERHEAD + entry.slot().key().length() + entry.value().length();
    }

    /** What a record may take beside itself: nothing where the one leaf has room. */
    private int mostIndex() {
        return model.size() < LeafDescriptor.CAPACITY ? 0 : SkipList.overheadLength();
    }

    private void checkRefusal(ListStep.Entry entry) {
        assertTrue(
                needed(entry) + mostIndex() > arena.free(), () -> "refused with " + arena.free() + " free: " + entry);
    }

    private void seek(ListStep.Seek seek) {
        ListStep.Slot slot = seek.slot();
        Buffers.Placed key = keys.place(slot.key(), seek.at());
        ListStep.Slot expected = seek.before() ? model.lowerKey(slot) : model.ceilingKey(slot);
        boolean found = seek.before()
                ? iterator.seekBefore(key.buffer(), key.offset(), key.length(), slot.version(), slot.stamp())
                : iterator.seek(key.buffer(), key.offset(), key.length(), slot.version(), slot.stamp());
        check(expected, found, !seek.before());
        if (!seek.before()) {
            checkLookups(key, slot, expected);
        }
    }

    private void checkLookups(Buffers.Placed key, ListStep.Slot slot, ListStep.Slot expected) {
        long address = NativeMemory.addressOf(key.buffer(), key.offset());
        Object base = key.buffer().byteArray();
        int first = list.findFirst(base, address, key.length(), slot.version(), slot.stamp());
        assertEquals(expected, first == Arena.NONE ? null : slotOf(first), "findFirst");
        int exact = list.findExact(base, address, key.length(), slot.version(), slot.stamp());
        assertEquals(slot.equals(expected) ? slot : null, exact == Arena.NONE ? null : slotOf(exact), "findExact");
    }

    private void move(ListStep.Direction direction) {
        switch (direction) {
            case FIRST -> check(first(), iterator.first(), true);
            case LAST -> check(last(), iterator.last(), false);
            case NEXT -> {
                ListStep.Slot expected = position != null ? model.higherKey(position) : behind ? null : first();
                check(expected, iterator.next(), true);
            }
            case PREV -> {
                ListStep.Slot expected = position != null ? model.lowerKey(position) : behind ? last() : null;
                check(expected, iterator.prev(), false);
            }
        }
    }

    private void check(ListStep.Slot expected, boolean found, boolean forward) {
        position = expected;
        behind = expected == null && forward;
        assertEquals(expected != null, found, "found");
        assertEquals(found, iterator.isValid(), "isValid");
        if (found) {
            assertEquals(new ListStep.Entry(expected, model.get(expected)), entryOf(iterator.record()));
        } else {
            assertEquals(Arena.NONE, iterator.record());
        }
    }

    private ListStep.Slot first() {
        return model.isEmpty() ? null : model.firstKey();
    }

    private ListStep.Slot last() {
        return model.isEmpty() ? null : model.lastKey();
    }

    private void walk() {
        List<ListStep.Entry> expected = new ArrayList<>();
        model.forEach((slot, value) -> expected.add(new ListStep.Entry(slot, value)));
        List<ListStep.Entry> seen = new ArrayList<>();
        SkipListIterator walker = list.iterator();
        while (seen.size() <= expected.size() && walker.next()) {
            seen.add(entryOf(walker.record()));
        }
        assertEquals(expected, seen, "forwards");
        seen.clear();
        while (seen.size() <= expected.size() && walker.prev()) {
            seen.add(entryOf(walker.record()));
        }
        Collections.reverse(seen);
        assertEquals(expected, seen, "backwards");

        seen.clear();
        for (int at = list.nextRecord(0); at != 0; at = list.nextRecord(list.endOf(at))) {
            seen.add(entryOf(at));
        }
        assertEquals(written, seen, "in allocation order");
        SkipListShape.check(list);
    }

    private void follow() {
        for (int at = list.nextRecord(followedTo); at != 0; at = list.nextRecord(followedTo)) {
            followed.add(entryOf(at));
            followedTo = list.endOf(at);
        }
        assertEquals(written, followed, "what is new in allocation order");
    }

    private ListStep.Slot slotOf(int record) {
        return entryOf(record).slot();
    }

    private ListStep.Entry entryOf(int record) {
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        list.showKey(record, view);
        Bytes key = Buffers.copy(view);
        list.showValue(record, view);
        assertEquals(key.length(), list.keyLength(record));
        assertEquals(view.capacity(), list.valueLength(record));
        return new ListStep.Entry(new ListStep.Slot(key, list.version(record), list.stamp(record)), Buffers.copy(view));
    }
}
