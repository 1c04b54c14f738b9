package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.memdb.RecordDescriptor;

/** Counts the records of a table, for its properties; when it is written, and again when it is verified. */
final class TableTally {
    private long records;
    private long keyDeletes;
    private long versionDeletes;
    private long minSequence = Long.MAX_VALUE;
    private long maxSequence;
    private long maxPutVersion;
    private long userKeys;
    private long keyBytes;
    private long valueBytes;
    private long digestSum;
    private byte[] firstKey;
    private long firstVersion;
    private long firstStamp;
    private byte[] lastKey;
    private long lastVersion;
    private long lastStamp;

    void add(final boolean newKey, final int keyLength, final int valueLength, final long version, final long stamp) {
        records++;
        userKeys += newKey ? 1 : 0;
        keyBytes += keyLength;
        valueBytes += valueLength;
        final long sequence = RecordDescriptor.sequence(stamp);
        minSequence = Math.min(minSequence, sequence);
        maxSequence = Math.max(maxSequence, sequence);
        switch (RecordDescriptor.type(stamp)) {
            case RecordType.KEY_DELETE -> keyDeletes++;
            case RecordType.VERSION_DELETE -> versionDeletes++;
            default -> maxPutVersion = Math.max(maxPutVersion, version);
        }
    }

    /** Adds the {@link RecordDigest} of the record that was added last. */
    void addDigest(final long digest) {
        digestSum += digest;
    }

    long records() {
        return records;
    }

    long digestSum() {
        return digestSum;
    }

    void first(final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        firstKey = copy(key, offset, length);
        firstVersion = version;
        firstStamp = stamp;
    }

    void last(final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        lastKey = copy(key, offset, length);
        lastVersion = version;
        lastStamp = stamp;
    }

    private static byte[] copy(final DirectBuffer key, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        key.getBytes(offset, bytes);
        return bytes;
    }

    TableProperties properties(
            final long table,
            final int blocks,
            final long dataBytes,
            final int longestBlock,
            final TableOrigin origin) {
        return new TableProperties(
                table,
                blocks,
                records,
                keyDeletes,
                versionDeletes,
                minSequence,
                maxSequence,
                maxPutVersion,
                userKeys,
                keyBytes,
                valueBytes,
                dataBytes,
                longestBlock,
                digestSum,
                firstKey,
                firstVersion,
                firstStamp,
                lastKey,
                lastVersion,
                lastStamp,
                origin);
    }
}
