package org.avccdb.memdb;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;

/** Brings records of a list in internal order to the heap, where they are hashed. Not thread-safe. */
final class RecordReader {
    private static final int KEYSPACE = 0;

    private final SkipList list;
    private final HashRules rules;
    private final UnsafeBuffer content = new UnsafeBuffer(0, 0);
    private byte[] scratch = new byte[1024];

    RecordReader(final SkipList list, final HashRules rules) {
        this.list = list;
        this.rules = rules;
        list.showArena(content);
    }

    byte[] key(final int record) {
        return copy(list.keyOffset(record), list.keyLength(record));
    }

    byte[] value(final int record) {
        return copy(list.valueOffset(record), list.valueLength(record));
    }

    private byte[] copy(final int offset, final int length) {
        final byte[] copy = new byte[length];
        content.getBytes(offset, copy);
        return copy;
    }

    long sequence(final int record) {
        return RecordDescriptor.sequence(list.stamp(record));
    }

    void hashLeaf(final int record, final byte[] out, final int outOffset) {
        final int keyLength = list.keyLength(record);
        final int valueLength = list.valueLength(record);
        final int length = keyLength + valueLength;
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        content.getBytes(list.keyOffset(record), scratch, 0, keyLength);
        content.getBytes(list.valueOffset(record), scratch, keyLength, valueLength);
        rules.leaf(
                HashRules.PUT,
                KEYSPACE,
                scratch,
                0,
                keyLength,
                list.version(record),
                sequence(record),
                scratch,
                keyLength,
                valueLength,
                out,
                outOffset);
    }

    /** A record as a proof shows it: a long value itself only where it is the answer. */
    OpenedLeaf open(final int record, final boolean isAnswer) {
        byte[] shown = value(record);
        final int valueLength = shown.length;
        if (valueLength > HashRules.MAX_INLINE_VALUE && !isAnswer) {
            final byte[] digest = new byte[HashRules.HASH_LENGTH];
            rules.value(shown, 0, valueLength, digest, 0);
            shown = digest;
        }
        return new OpenedLeaf(HashRules.PUT, key(record), list.version(record), sequence(record), valueLength, shown);
    }
}
