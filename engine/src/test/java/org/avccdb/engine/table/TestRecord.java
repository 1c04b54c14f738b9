package org.avccdb.engine.table;

import java.util.Arrays;
import java.util.Comparator;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/** A record of a test. */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
record TestRecord(byte[] key, long version, long stamp, byte[] value) {
    static final Comparator<TestRecord> ORDER = (a, b) -> a.compareTo(b.key, b.version, b.stamp);

    static TestRecord put(byte[] key, long version, long sequence, byte[] value) {
        return new TestRecord(key, version, RecordDescriptor.stamp(sequence, RecordType.PUT), value);
    }

    static TestRecord keyDelete(byte[] key, long sequence) {
        long stamp = RecordDescriptor.stamp(sequence, RecordType.KEY_DELETE);
        return new TestRecord(key, Versions.KEY_DELETE, stamp, new byte[0]);
    }

    static TestRecord versionDelete(byte[] key, long version, long sequence) {
        long stamp = RecordDescriptor.stamp(sequence, RecordType.VERSION_DELETE);
        return new TestRecord(key, version, stamp, new byte[0]);
    }

    int compareTo(byte[] otherKey, long otherVersion, long otherStamp) {
        int order = Arrays.compareUnsigned(key, otherKey);
        return order != 0 ? order : Keys.compareWithinKey(version, stamp, otherVersion, otherStamp);
    }

    int type() {
        return RecordDescriptor.type(stamp);
    }

    long sequence() {
        return RecordDescriptor.sequence(stamp);
    }

    /** What a cursor is on. */
    static TestRecord of(RecordCursor cursor) {
        return new TestRecord(
                bytes(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength()),
                cursor.version(),
                cursor.stamp(),
                bytes(cursor.valueBuffer(), cursor.valueOffset(), cursor.valueLength()));
    }

    private static byte[] bytes(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestRecord that
                && version == that.version
                && stamp == that.stamp
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key) + Long.hashCode(version) + Long.hashCode(stamp);
    }

    @Override
    public String toString() {
        String start = Arrays.toString(Arrays.copyOf(key, Math.min(key.length, 20)));
        return "key of " + key.length + " bytes " + start + ", version " + version + ", sequence " + sequence()
                + ", type " + type() + ", value of " + value.length + " bytes, hash " + Arrays.hashCode(value);
    }
}
