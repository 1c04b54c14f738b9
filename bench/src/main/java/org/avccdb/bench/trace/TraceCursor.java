package org.avccdb.bench.trace;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Goes through the records of a file. What is out of range is damage; a last record that is cut off is seen when it, or what
 * would follow it, is read.
 */
final class TraceCursor implements AutoCloseable {
    private final TraceReader reader;
    private final int keyBytes;
    private final int valueBytes;
    private final int keyLength;
    private final int entryLength;
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[TraceDescriptor.RECORD_HEAD_LENGTH]);
    private long body;
    private long next;
    private Kind kind;
    private long gap;
    private long number;

    /** Stands before the record at that place. It closes the reader. */
    TraceCursor(final TraceReader reader, final long from) {
        this.reader = reader;
        this.next = from;
        keyBytes = reader.header().keyBytes();
        valueBytes = reader.header().valueBytes();
        keyLength = TraceDescriptor.padded(keyBytes);
        entryLength = keyLength + TraceDescriptor.padded(valueBytes);
    }

    /** Goes to the next record; false behind the last one. */
    boolean next() {
        if (next == reader.header().length()) {
            return false;
        }
        reader.read(next, head, TraceDescriptor.RECORD_HEAD_LENGTH);
        kind = TraceDescriptor.kind(head);
        gap = TraceDescriptor.gap(head);
        number = TraceDescriptor.number(head);
        TraceDescriptor.require(gap >= 0 && kind.allows(number), "an operation at " + next + " is out of range");
        body = next + TraceDescriptor.RECORD_HEAD_LENGTH;
        next = body + bodyLength();
        return true;
    }

    private long bodyLength() {
        return switch (kind) {
            case PHASE -> TraceDescriptor.NAME_LENGTH;
            case PUT -> entryLength;
            case BATCH -> number * entryLength;
            case GET, GET_AS_OF, SCAN -> keyLength;
            case SCAN_ALL -> 0;
        };
    }

    /** Where the next record begins. */
    long nextPosition() {
        return next;
    }

    Kind kind() {
        return kind;
    }

    /** Nanoseconds since the operation before. */
    long gap() {
        return gap;
    }

    /** What it means depends on the kind. */
    long number() {
        return number;
    }

    /** The name of a phase. */
    String name() {
        final byte[] bytes = new byte[TraceDescriptor.NAME_LENGTH];
        reader.read(body, new UnsafeBuffer(bytes), bytes.length);
        return TraceDescriptor.decodeName(bytes);
    }

    /** The key; a batch has several. */
    void readKey(final long entry, final MutableDirectBuffer target) {
        reader.read(body + entry * entryLength, target, keyBytes);
    }

    /** The value; a batch has several. */
    void readValue(final long entry, final MutableDirectBuffer target) {
        reader.read(body + entry * entryLength + keyLength, target, valueBytes);
    }

    @Override
    public void close() {
        reader.close();
    }
}
