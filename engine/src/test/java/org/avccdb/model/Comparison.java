package org.avccdb.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Cursor;
import org.avccdb.Reader;
import org.avccdb.VersionedValue;

/** Asks a reader everything that can be asked, in every form, and compares what it says with the model. */
public final class Comparison {
    private static final int MARGIN = 3;
    private static final byte PAINT = 0x5A;

    private Comparison() {}

    /** Every question about one key, with two versions to ask for. */
    public static void key(Reader reader, ModelState state, Key key, long one, long other) {
        VersionedValue latest = state.latest(key);
        same("get " + key, valueOf(latest), reader.get(key.bytes()));
        same("contains " + key, latest != null, reader.contains(key.bytes()));
        for (long version : new long[] {0, one, other, Long.MAX_VALUE}) {
            String at = key + " @" + version;
            same(
                    "getWithVersion " + at,
                    valueOf(state.exact(key, version)),
                    reader.getWithVersion(key.bytes(), version));
            same("getAsOf " + at, state.asOf(key, version), reader.getAsOf(key.bytes(), version));
            history(reader, state, key, version, 0);
            history(reader, state, key, 0, version);
        }
        history(reader, state, key, one, other);
        history(reader, state, key, other, one);
        buffers(reader, state, key, one);
    }

    private static void history(Reader reader, ModelState state, Key key, long min, long max) {
        same(
                "getVersionHistory " + key + " from " + min + " to " + max,
                state.history(key, min, max),
                reader.getVersionHistory(key.bytes(), min, max));
    }

    /** The forms without garbage, with room enough, just enough, and too little. */
    private static void buffers(Reader reader, ModelState state, Key key, long version) {
        UnsafeBuffer sought = new UnsafeBuffer(new byte[key.length() + 2 * MARGIN]);
        sought.putBytes(MARGIN, key.bytes());
        byte[] latest = valueOf(state.latest(key));
        byte[] asOf = valueOf(state.asOf(key, version));
        for (int spare : new int[] {MARGIN, 0, -1}) {
            UnsafeBuffer dst = target(latest, spare);
            int length = reader.get(sought, MARGIN, key.length(), dst, Math.min(MARGIN, dst.capacity()));
            copied("get to a buffer " + key, latest, length, dst);
            dst = target(asOf, spare);
            length = reader.getAsOf(sought, MARGIN, key.length(), version, dst, Math.min(MARGIN, dst.capacity()));
            copied("getAsOf to a buffer " + key + " @" + version, asOf, length, dst);
        }
        List<byte[]> seen = new ArrayList<>();
        boolean found = reader.read(sought, MARGIN, key.length(), (buffer, offset, length) -> {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            seen.add(bytes);
        });
        same("read " + key, latest != null, found);
        same("calls of the consumer", found ? 1 : 0, seen.size());
        if (found) {
            same("read " + key, latest, seen.get(0));
        }
    }

    private static UnsafeBuffer target(byte[] value, int spare) {
        int capacity = Math.max(0, MARGIN + (value == null ? 0 : value.length) + spare);
        UnsafeBuffer target = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        target.setMemory(0, capacity, PAINT);
        return target;
    }

    private static void copied(String what, byte[] expected, int length, MutableDirectBuffer dst) {
        same(what + ": length", expected == null ? Reader.NOT_FOUND : expected.length, length);
        boolean fits = expected != null && expected.length <= dst.capacity() - MARGIN;
        byte[] wanted = new byte[dst.capacity()];
        Arrays.fill(wanted, PAINT);
        if (fits) {
            System.arraycopy(expected, 0, wanted, MARGIN, expected.length);
        }
        int at = Arrays.mismatch(wanted, bytesOf(dst));
        if (at >= 0) {
            throw new AssertionError(what + ": wrong byte " + (at - MARGIN) + " of a value of " + length
                    + " bytes in room for " + (dst.capacity() - MARGIN));
        }
    }

    /** Several keys at once. */
    public static void keys(Reader reader, ModelState state, List<Key> keys) {
        List<byte[]> values = reader.multiGet(keys.stream().map(Key::bytes).toList());
        same("multiGet: answers", keys.size(), values.size());
        for (int i = 0; i < keys.size(); i++) {
            same("multiGet " + keys.get(i), valueOf(state.latest(keys.get(i))), values.get(i));
        }
    }

    /** All that there is, by cursors of both kinds in both directions, and each live key. */
    public static void everything(Reader reader, ModelState state) {
        List<Entry> latest = state.latestIn(Range.ALL);
        try (Cursor cursor = reader.cursor(Range.ALL.toKeyRange())) {
            forward("cursor", cursor, latest);
            backward("cursor", cursor, latest);
        }
        List<Entry> versions = state.versionsIn(Range.ALL);
        try (Cursor cursor = reader.versionCursor(Range.ALL.toKeyRange())) {
            forward("version cursor", cursor, versions);
            backward("version cursor", cursor, versions);
        }
        for (Key key : state.liveKeys()) {
            same("get " + key, valueOf(state.latest(key)), reader.get(key.bytes()));
            history(reader, state, key, 0, 0);
        }
    }

    private static void forward(String what, Cursor cursor, List<Entry> expected) {
        int at = 0;
        for (boolean on = cursor.first(); on; on = cursor.next()) {
            record(what + " forward, record " + at, at < expected.size() ? expected.get(at) : null, cursor);
            at++;
        }
        same(what + " forward: records, of which the next is " + next(expected, at), expected.size(), at);
    }

    private static void backward(String what, Cursor cursor, List<Entry> expected) {
        int at = expected.size() - 1;
        for (boolean on = cursor.last(); on; on = cursor.prev()) {
            record(what + " backward, record " + at, at >= 0 ? expected.get(at) : null, cursor);
            at--;
        }
        same(what + " backward: left, of which the next is " + next(expected, at), -1, at);
    }

    private static String next(List<Entry> entries, int at) {
        return at >= 0 && at < entries.size() ? entries.get(at).toString() : "none";
    }

    /** The record that a cursor is on. */
    public static void record(String what, Entry expected, Cursor cursor) {
        byte[] key = cursor.keyBytes();
        byte[] value = cursor.valueBytes();
        if (expected == null || !expected.holds(key, value, cursor.version(), cursor.sequence())) {
            VersionedValue content = new VersionedValue(value, cursor.version(), cursor.sequence());
            throw new AssertionError(what + ": expected " + expected + ", got " + new Entry(Key.of(key), content));
        }
        if (!Arrays.equals(key, bytesOf(cursor.key())) || !Arrays.equals(value, bytesOf(cursor.value()))) {
            throw new AssertionError(what + ": the views differ from the copies");
        }
    }

    private static byte[] bytesOf(DirectBuffer view) {
        byte[] bytes = new byte[view.capacity()];
        view.getBytes(0, bytes);
        return bytes;
    }

    private static byte[] valueOf(VersionedValue value) {
        return value == null ? null : value.value();
    }

    static void same(String what, Object expected, Object actual) {
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError(what + ": expected " + shown(expected) + ", got " + shown(actual));
        }
    }

    private static String shown(Object object) {
        if (object instanceof byte[] bytes) {
            return bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
        }
        return String.valueOf(object);
    }
}
