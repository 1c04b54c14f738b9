package org.avccdb.engine.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.memdb.RecordDescriptor;

/** A record of a test. */
@SuppressWarnings("ArrayRecordComponent") // compared by content
record Rec(byte[] key, long version, long sequence, int type, byte[] value) {
    static final Comparator<Rec> ORDER = (a, b) -> {
        int order = Arrays.compareUnsigned(a.key, b.key);
        return order != 0 ? order : Keys.compareWithinKey(a.version, a.stamp(), b.version, b.stamp());
    };

    static Rec put(String key, long version, long sequence) {
        return new Rec(bytes(key), version, sequence, RecordType.PUT, bytes(key + "=" + version + "@" + sequence));
    }

    static Rec delete(String key, long sequence) {
        return new Rec(bytes(key), Long.MAX_VALUE, sequence, RecordType.KEY_DELETE, new byte[0]);
    }

    static Rec deleteVersion(String key, long version, long sequence) {
        return new Rec(bytes(key), version, sequence, RecordType.VERSION_DELETE, new byte[0]);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    long stamp() {
        return RecordDescriptor.stamp(sequence, type);
    }

    boolean isPut() {
        return type == RecordType.PUT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rec that
                && Arrays.equals(key, that.key)
                && version == that.version
                && stamp() == that.stamp()
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(stamp());
    }

    @Override
    public String toString() {
        String name = new String(key, StandardCharsets.ISO_8859_1);
        return switch (type) {
            case RecordType.PUT -> "put(" + name + " v" + version + " #" + sequence + ")";
            case RecordType.KEY_DELETE -> "delete(" + name + " #" + sequence + ")";
            default -> "deleteVersion(" + name + " v" + version + " #" + sequence + ")";
        };
    }
}
