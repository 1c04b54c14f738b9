package org.avccdb.engine.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.LogFile;

/**
 * Writes one segment. One thread at a time uses it. It makes no garbage, and calls the operating system only for groups
 * that a sync follows at once, and to sync.
 *
 * <ol>
 *   <li>What is before {@code position} is whole records; what is behind is not part of the journal.
 *   <li>A group's payload is written while it is added, its head last: until then there is no record.
 *   <li>{@code syncedUpTo} is where {@code position} was when the last successful sync began; whoever calls {@link #sync}
 *       has synced all earlier segments before.
 *   <li>The first failure of the file is the last thing that is done to it: later calls throw the same exception.
 * </ol>
 */
public final class JournalWriter {
    /** Kept free behind the groups, for the one sync mark that may follow the last of them and for the end mark. */
    static final int RESERVE = 2 * GroupDescriptor.HEADER_LENGTH;

    private static final int NO_GROUP = -1;

    private final LogFile log;
    private final long number;
    private final byte[] databaseId;
    private final JournalFailure failure;
    private final Checksum headChecksum = new Checksum();
    private final Checksum payloadChecksum = new Checksum();
    private final UnsafeBuffer head;
    private final int limit;

    private int position;
    private int groupEnd;
    private int syncedUpTo;
    private int groupsSinceSync;
    private int payloadLength = NO_GROUP;
    private boolean syncFollows;
    private long firstSequence;

    JournalWriter(final LogFile log, final long number, final byte[] databaseId, final JournalFailure failure) {
        this.log = log;
        this.number = number;
        this.databaseId = databaseId;
        this.failure = failure;
        this.head = GroupDescriptor.sealedHead(number, databaseId);
        this.limit = (log.length() & -GroupDescriptor.ALIGNMENT) - RESERVE;
    }

    /** Payload bytes that a segment of this length takes in one group. */
    static long capacity(final long length) {
        return length - RESERVE - SegmentDescriptor.HEADER_LENGTH - GroupDescriptor.HEADER_LENGTH;
    }

    /** Makes the file this segment: what it held before is nothing from here on. */
    void start(final long nextSequence, final long previousNumber, final int previousEnd) {
        failure.check();
        final UnsafeBuffer header = new UnsafeBuffer(new byte[SegmentDescriptor.HEADER_LENGTH]);
        SegmentDescriptor.encode(header, number, databaseId, nextSequence, previousNumber, previousEnd, headChecksum);
        write(0, header, 0, SegmentDescriptor.HEADER_LENGTH);
        position = SegmentDescriptor.HEADER_LENGTH;
        groupEnd = position;
    }

    public long number() {
        return number;
    }

    /** Where the next record begins. */
    public int position() {
        return position;
    }

    /** Where the last group ends, which is where the next segment says that this one does. */
    public int groupEnd() {
        return groupEnd;
    }

    /** Payload bytes that one more group can have. */
    public int room() {
        return Math.max(0, limit - position - GroupDescriptor.HEADER_LENGTH);
    }

    /** Whether every group is on disk, if the earlier segments are. */
    public boolean isSynced() {
        return syncedUpTo >= groupEnd;
    }

    /**
     * Begins a group; its first entry that takes a sequence number has this one.
     *
     * @param synced whether {@link #sync} is what comes next; this only chooses how the bytes are written
     */
    public void begin(final long firstSequenceOfGroup, final boolean synced) {
        failure.check();
        if (payloadLength != NO_GROUP) {
            throw new IllegalStateException("a group has begun and not ended");
        }
        firstSequence = firstSequenceOfGroup;
        syncFollows = synced;
        payloadLength = 0;
        payloadChecksum.reset();
    }

    /** Adds whole entries or parts of them to the group. */
    public void add(final DirectBuffer source, final int offset, final int length) {
        requireGroup();
        if (length > room() - payloadLength) {
            throw new IllegalStateException(
                    length + " more bytes in a group of " + payloadLength + ", which has room for " + room());
        }
        payloadChecksum.update(source, offset, length);
        write(position + GroupDescriptor.HEADER_LENGTH + payloadLength, source, offset, length);
        payloadLength += length;
    }

    /** Ends the group, which is part of the journal from here on. */
    public void end(final int entryCount) {
        requireGroup();
        if (entryCount <= 0) {
            throw new IllegalArgumentException("a group of " + entryCount + " entries");
        }
        final int length = payloadLength;
        payloadLength = NO_GROUP;
        writeRecord(GroupDescriptor.TYPE_GROUP, length, payloadChecksum.value(), entryCount, firstSequence);
        groupEnd = position;
        groupsSinceSync++;
    }

    /** Forgets the group that has begun, if one has. */
    public void abandon() {
        payloadLength = NO_GROUP;
    }

    /** Makes all groups durable; the earlier segments are so already. */
    public void sync() {
        failure.check();
        if (payloadLength != NO_GROUP) {
            throw new IllegalStateException("a sync inside a group");
        }
        if (isSynced()) {
            return;
        }
        syncLog();
        // The next group says that those before it are synced. What no group has said so of but the last one is said by
        // a mark, so that damage to it can be told from a torn tail even if nothing more is written.
        final boolean markNeeded = groupsSinceSync > 1 || syncedUpTo == 0;
        syncedUpTo = position;
        groupsSinceSync = 0;
        if (markNeeded) {
            writeMark(GroupDescriptor.TYPE_SYNCED);
        }
    }

    /** Ends the segment for a clean close: syncs it, says that nothing follows, and syncs that. */
    public void endMark() {
        sync();
        writeMark(GroupDescriptor.TYPE_END);
        syncLog();
    }

    /** Hardly anything is written any more. */
    void leave() {
        log.leave();
    }

    /** Once it has been left: it is in nobody's memory any more, but it can be synced. */
    void unmap() {
        log.unmap();
    }

    /** Closes the file, whatever state it is in. */
    void close() {
        log.close();
        payloadChecksum.forget();
    }

    private void requireGroup() {
        failure.check();
        if (payloadLength == NO_GROUP) {
            throw new IllegalStateException("no group has begun");
        }
    }

    /** A mark is to survive the death of the process although no sync follows it. */
    private void writeMark(final int type) {
        syncFollows = false;
        headChecksum.reset();
        writeRecord(type, 0, headChecksum.value(), 0, 0);
    }

    private void writeRecord(
            final int type, final int length, final int payloadCrc, final int entryCount, final long sequence) {
        GroupDescriptor.encode(
                head, position, type, payloadCrc, length, entryCount, syncedUpTo, sequence, headChecksum);
        write(position, head, 0, GroupDescriptor.HEADER_LENGTH);
        position = GroupDescriptor.next(position, length);
    }

    private void write(final int place, final DirectBuffer source, final int offset, final int length) {
        try {
            if (syncFollows) {
                log.writeForSync(place, source, offset, length);
            } else {
                log.write(place, source, offset, length);
            }
        } catch (final StorageException e) {
            throw failure.latch(e);
        } catch (final InternalError e) {
            throw failure.latch(log.name(), e);
        }
    }

    private void syncLog() {
        try {
            log.sync();
        } catch (final StorageException e) {
            throw failure.latch(e);
        }
    }
}
