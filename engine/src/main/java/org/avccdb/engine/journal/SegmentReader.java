package org.avccdb.engine.journal;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;

/**
 * Reads one segment in place, record by record. One thread uses it.
 *
 * <p>To walk it: {@code for (int at = SegmentDescriptor.HEADER_LENGTH; reader.read(at); at = reader.next())}, if it {@link
 * #isStarted}.
 */
public final class SegmentReader implements AutoCloseable {
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);
    private static final int EMPTY_CRC = (int) new CRC32C().getValue();

    private final String name;
    private final long number;
    private final ReadFile file;
    private final DirectBuffer content;
    private final int length;
    private final UnsafeBuffer head;
    private final Checksum checksum = new Checksum();
    private final boolean started;
    private int place;

    /** Opens a segment; an intact header that cannot be this database's is corruption. */
    public SegmentReader(final Storage storage, final long number, final byte[] databaseId) {
        this.name = FileNames.journal(number);
        this.number = number;
        this.head = GroupDescriptor.sealedHead(number, databaseId);
        this.file = storage.open(name);
        boolean opened = false;
        try {
            if (file.length() > SegmentDescriptor.MAX_LENGTH) {
                throw new CorruptionException(name, 0, "a journal segment of " + file.length() + " bytes");
            }
            this.length = (int) file.length();
            this.content = length == 0 ? NOTHING : file.map(0, length);
            this.started = readHeader(databaseId);
            opened = true;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private boolean readHeader(final byte[] databaseId) {
        if (!SegmentDescriptor.isIntact(content, checksum)) {
            return false;
        }
        final String problem = SegmentDescriptor.problem(content, number, databaseId);
        if (problem != null) {
            throw new CorruptionException(name, 0, problem);
        }
        return SegmentDescriptor.number(content) == number;
    }

    public String name() {
        return name;
    }

    public long number() {
        return number;
    }

    public int length() {
        return length;
    }

    /** Whether the header is that of this segment; else the file was never written to as such, or the header is damaged. */
    public boolean isStarted() {
        return started;
    }

    /** The first sequence number that can be here; only where the segment is started. */
    public long segmentFirstSequence() {
        return SegmentDescriptor.firstSequence(content);
    }

    /** The segment before, 0 if there was none; only where the segment is started. */
    public long previousNumber() {
        return SegmentDescriptor.previousNumber(content);
    }

    /** Where the segment before ends; only where the segment is started. */
    public int previousEnd() {
        return SegmentDescriptor.previousEnd(content);
    }

    /**
     * Goes to the record at this offset.
     *
     * @return whether there is one; its entries are not looked at
     * @throws CorruptionException if there is one, as it was written, that nobody can have written
     */
    public boolean read(final int offset) {
        if (offset > length - GroupDescriptor.HEADER_LENGTH
                || !GroupDescriptor.isIntact(head, number, content, offset, checksum)) {
            return false;
        }
        if (!payloadFits(offset)) {
            return false;
        }
        final String problem = GroupDescriptor.problem(head, offset);
        if (problem != null) {
            throw new CorruptionException(name, offset, problem);
        }
        place = offset;
        return GroupDescriptor.payloadCrc(head) == payloadCrc();
    }

    private boolean payloadFits(final int offset) {
        final int payloadLength = GroupDescriptor.payloadLength(head);
        return payloadLength >= 0 && payloadLength <= length - GroupDescriptor.HEADER_LENGTH - offset;
    }

    private int payloadCrc() {
        return payloadLength() == 0 ? EMPTY_CRC : checksum.of(content, payloadOffset(), payloadLength());
    }

    /** Offset of the record. */
    public int offset() {
        return place;
    }

    public int type() {
        return GroupDescriptor.type(head);
    }

    public long firstSequence() {
        return GroupDescriptor.firstSequence(head);
    }

    public int entryCount() {
        return GroupDescriptor.entryCount(head);
    }

    public int syncedUpTo() {
        return GroupDescriptor.syncedUpTo(head);
    }

    /** The file; valid until this is closed. */
    public DirectBuffer content() {
        return content;
    }

    public int payloadOffset() {
        return place + GroupDescriptor.HEADER_LENGTH;
    }

    public int payloadLength() {
        return GroupDescriptor.payloadLength(head);
    }

    /** Offset of the record behind this one. */
    public int next() {
        return GroupDescriptor.next(place, payloadLength());
    }

    /**
     * Looks for a record that says that what is at an offset was synced. Moves the reader to nowhere.
     *
     * @param from where to begin
     * @param synced the offset
     * @return the offset of the first such record, or -1
     */
    int findClaim(final int from, final int synced) {
        final int last = length - GroupDescriptor.HEADER_LENGTH;
        for (int at = from; at <= last; at += GroupDescriptor.ALIGNMENT) {
            if (GroupDescriptor.isIntact(head, number, content, at, checksum)
                    && GroupDescriptor.syncedUpTo(head) > synced) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        file.close();
    }
}
