package org.avccdb.memdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A map with a ledger of its own, used with strings. */
final class TestMap implements AutoCloseable {
    final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    final MemDb map;

    TestMap(int capacity) {
        map = new MemDb(capacity, ledger);
    }

    static UnsafeBuffer buffer(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String text(DirectBuffer buffer) {
        return text(buffer, 0, buffer.capacity());
    }

    static String text(DirectBuffer buffer, int offset, int length) {
        return new String(Buffers.copy(buffer, offset, length).array(), StandardCharsets.ISO_8859_1);
    }

    TestMap with(String... keys) {
        for (String key : keys) {
            if (!put(key, "value of " + key)) {
                throw new AssertionError("no room for " + key);
            }
        }
        return this;
    }

    boolean put(String key, String value) {
        return map.put(buffer(key), 0, key.length(), buffer(value), 0, value.length());
    }

    boolean delete(String key) {
        return map.delete(buffer(key), 0, key.length());
    }

    boolean contains(String key) {
        return map.contains(buffer(key), 0, key.length());
    }

    /** The value, or null. */
    String get(String key) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[map.capacity()]);
        int length = map.get(buffer(key), 0, key.length(), target, 0);
        return length == MemDb.NOT_FOUND ? null : text(target, 0, length);
    }

    boolean find(String key, EntryConsumer consumer) {
        return map.find(buffer(key), 0, key.length(), consumer);
    }

    /** The key that is found, or null. */
    String find(String key) {
        List<String> found = new ArrayList<>();
        find(key, (k, offset, length, v, valueOffset, valueLength) -> found.add(text(k, offset, length)));
        return found.isEmpty() ? null : found.get(0);
    }

    MemDbIterator iterator(String from, String to) {
        return map.iterator(from == null ? null : buffer(from), to == null ? null : buffer(to));
    }

    List<String> keys() {
        return keys(null, null);
    }

    List<String> keys(String from, String to) {
        List<String> keys = new ArrayList<>();
        try (MemDbIterator iterator = iterator(from, to)) {
            while (iterator.next()) {
                keys.add(text(iterator.key()));
            }
        }
        return keys;
    }

    @Override
    public void close() {
        map.close();
    }
}
