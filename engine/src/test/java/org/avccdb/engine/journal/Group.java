package org.avccdb.engine.journal;

import java.util.Arrays;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;

/** A group as a test writes it and expects it back. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
record Group(long firstSequence, int sequences, int entryCount, byte[] payload) {
    static Group random(final Random random, final long firstSequence, final int maxEntries, final int maxValue) {
        final int count = 1 + random.nextInt(maxEntries);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[count * (EntryDescriptor.HEADER_LENGTH + 16 + maxValue)]);
        int at = 0;
        int sequences = 0;
        for (int i = 0; i < count; i++) {
            final int kind = random.nextInt(10);
            final int keyLength = kind == 0 ? 0 : random.nextInt(17);
            final int valueLength = kind > 2 ? random.nextInt(maxValue + 1) : 0;
            if (kind == 0) {
                EntryDescriptor.putHeader(buffer, at, RecordType.POSITION, 0, 0, random.nextLong());
            } else if (kind == 1) {
                EntryDescriptor.putHeader(buffer, at, RecordType.KEY_DELETE, keyLength, 0, Versions.KEY_DELETE);
            } else {
                final int type = kind == 2 ? RecordType.VERSION_DELETE : RecordType.PUT;
                EntryDescriptor.putHeader(buffer, at, type, keyLength, valueLength, random.nextInt(1000));
            }
            final byte[] content = new byte[keyLength + valueLength];
            random.nextBytes(content);
            buffer.putBytes(at + EntryDescriptor.HEADER_LENGTH, content);
            at += EntryDescriptor.HEADER_LENGTH + content.length;
            sequences += kind == 0 ? 0 : 1;
        }
        return new Group(firstSequence, sequences, count, Arrays.copyOf(buffer.byteArray(), at));
    }

    static Group read(
            final long firstSequence, final DirectBuffer buffer, final int offset, final int length, final int count) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        int sequences = 0;
        for (int at = offset; at < offset + length; at = EntryDescriptor.end(buffer, at)) {
            sequences += EntryDescriptor.type(buffer, at) == RecordType.POSITION ? 0 : 1;
        }
        return new Group(firstSequence, sequences, count, payload);
    }

    long lastSequence() {
        return firstSequence + sequences - 1;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Group group
                && firstSequence == group.firstSequence
                && entryCount == group.entryCount
                && Arrays.equals(payload, group.payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return firstSequence + "+" + sequences + " (" + payload.length + " bytes)";
    }
}
