package org.avccdb.engine.compaction;

import java.util.Arrays;
import java.util.Comparator;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.RecordView;
import org.avccdb.memdb.RecordDescriptor;

/** A record, outside of any run. */
@SuppressWarnings("ArrayRecordComponent")
public record TestRecord(byte[] key, long version, long stamp, byte[] value) {
    /** The order of runs. */
    static final Comparator<TestRecord> ORDER = Comparator.comparing(TestRecord::key, Arrays::compareUnsigned)
            .thenComparing(TestRecord::version, Comparator.reverseOrder())
            .thenComparing(TestRecord::stamp, (a, b) -> Long.compareUnsigned(b, a));

    public static TestRecord of(final RecordView record) {
        final byte[] key = new byte[record.keyLength()];
        record.keyBuffer().getBytes(record.keyOffset(), key);
        final byte[] value = new byte[record.valueLength()];
        record.valueBuffer().getBytes(record.valueOffset(), value);
        return new TestRecord(key, record.version(), record.stamp(), value);
    }

    public static TestRecord put(final String key, final long version, final long sequence) {
        return new TestRecord(
                key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                version,
                RecordDescriptor.stamp(sequence, RecordType.PUT),
                new byte[] {(byte) sequence});
    }

    public static TestRecord keyDelete(final String key, final long sequence) {
        return new TestRecord(
                key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                org.avccdb.engine.keys.Versions.KEY_DELETE,
                RecordDescriptor.stamp(sequence, RecordType.KEY_DELETE),
                new byte[0]);
    }

    public static TestRecord versionDelete(final String key, final long version, final long sequence) {
        return new TestRecord(
                key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                version,
                RecordDescriptor.stamp(sequence, RecordType.VERSION_DELETE),
                new byte[0]);
    }

    public long sequence() {
        return RecordDescriptor.sequence(stamp);
    }

    public int type() {
        return RecordDescriptor.type(stamp);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TestRecord that
                && Arrays.equals(key, that.key)
                && version == that.version
                && stamp == that.stamp
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key) * 31 + Long.hashCode(stamp);
    }

    @Override
    public String toString() {
        final String kind = switch (type()) {
            case RecordType.PUT -> "put";
            case RecordType.KEY_DELETE -> "key-delete";
            default -> "version-delete";
        };
        return kind + " " + Arrays.toString(key) + " @" + version + " #" + sequence();
    }
}
