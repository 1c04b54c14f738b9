package org.avccdb.engine.journal;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.storage.FileNames;

/** Writes segments as no journal would. */
final class SegmentBuilder {
    /** Bytes of a record made by {@link #group}, its payload of one put included. */
    static final int GROUP_BYTES = GroupDescriptor.HEADER_LENGTH + EntryDescriptor.HEADER_LENGTH;

    private final long number;
    private final UnsafeBuffer file = new UnsafeBuffer(new byte[1024]);
    private final Checksum checksum = new Checksum();
    private int position = SegmentDescriptor.HEADER_LENGTH;

    SegmentBuilder(final long number) {
        this.number = number;
    }

    SegmentBuilder header(final long firstSequence, final long previousNumber, final int previousEnd) {
        return headerOf(number, firstSequence, previousNumber, previousEnd);
    }

    SegmentBuilder headerOf(
            final long writtenNumber, final long firstSequence, final long previousNumber, final int previousEnd) {
        SegmentDescriptor.encode(file, writtenNumber, Fixture.ID, firstSequence, previousNumber, previousEnd, checksum);
        return this;
    }

    /** Changes four bytes of the header, and seals it again. */
    SegmentBuilder headerField(final int offset, final int value) {
        file.putInt(offset, value);
        file.putInt(8, checksum.of(file, 12, SegmentDescriptor.HEADER_LENGTH - 12));
        return this;
    }

    SegmentBuilder group(final long firstSequence, final int syncedUpTo) {
        EntryDescriptor.putHeader(file, position + GroupDescriptor.HEADER_LENGTH, RecordType.PUT, 0, 0, 1);
        return record(GroupDescriptor.TYPE_GROUP, EntryDescriptor.HEADER_LENGTH, 1, syncedUpTo, firstSequence);
    }

    /** What the next record is to have as its payload. */
    SegmentBuilder payload(final UnsafeBuffer payload) {
        file.putBytes(position + GroupDescriptor.HEADER_LENGTH, payload, 0, payload.capacity());
        return this;
    }

    SegmentBuilder mark(final int type, final int syncedUpTo) {
        return record(type, 0, 0, syncedUpTo, 0);
    }

    SegmentBuilder record(
            final int type, final int length, final int entryCount, final int syncedUpTo, final long firstSequence) {
        return record(
                GroupDescriptor.sealedHead(number, Fixture.ID), type, length, entryCount, syncedUpTo, firstSequence);
    }

    /** With what is in this head where nothing is said of it. */
    SegmentBuilder record(
            final UnsafeBuffer head,
            final int type,
            final int length,
            final int entryCount,
            final int syncedUpTo,
            final long firstSequence) {
        final int crc = checksum.of(file, position + GroupDescriptor.HEADER_LENGTH, length);
        GroupDescriptor.encode(head, position, type, crc, length, entryCount, syncedUpTo, firstSequence, checksum);
        file.putBytes(position, head, 0, GroupDescriptor.HEADER_LENGTH);
        position = GroupDescriptor.next(position, length);
        return this;
    }

    /** Nothing, where a group could be. */
    SegmentBuilder hole() {
        position += GROUP_BYTES;
        return this;
    }

    int position() {
        return position;
    }

    SegmentBuilder in(final MemoryStorage storage) {
        storage.put(FileNames.journal(number), file.byteArray());
        return this;
    }
}
