package org.avccdb.engine.manifest;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;

/** Reads one manifest ({@link ManifestDescriptor}), strictly, in memory that does not depend on what damage may claim. */
final class ManifestReader implements AutoCloseable {
    /** What to do about a damaged manifest. */
    static final String HINT = "; AvccDb.recover rebuilds it from the tables and journals";

    private static final int CHUNK = 64 << 10;

    private final ReadFile file;
    private final long number;
    private final byte[] header = new byte[ManifestDescriptor.HEADER_LENGTH];
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] recordHeader = new byte[ManifestDescriptor.RECORD_HEADER_LENGTH];

    private ManifestReader(final Storage storage, final long number) {
        this.number = number;
        file = storage.open(FileNames.manifest(number));
    }

    /**
     * What a manifest holds, beside its edits.
     *
     * @param firstEdit number of its first edit
     * @param lastEdit number of its last edit
     */
    record Contents(long firstEdit, long lastEdit) {}

    /**
     * Reads all edits.
     *
     * @param sink takes each edit, and says what is wrong with it, or null
     * @throws CorruptionException if the manifest is damaged, other than by an append that was cut short
     */
    static Contents read(
            final Storage storage, final CurrentDescriptor.Current current, final Function<VersionEdit, String> sink) {
        try (ManifestReader reader = new ManifestReader(storage, current.manifest())) {
            reader.readHeader(current);
            return reader.readEdits(sink);
        }
    }

    /** Whether this is what the creation of a database left that was cut short before there was a CURRENT. */
    static boolean isUnborn(final Storage storage, final long number) {
        try (ManifestReader reader = new ManifestReader(storage, number)) {
            return reader.isUnborn();
        }
    }

    private boolean isUnborn() {
        if (file.length() < header.length) {
            return true;
        }
        file.read(0, ByteBuffer.wrap(header));
        final long position = header.length;
        if (!isValid(position)) {
            return findValid(position, 1) < 0;
        }
        final VersionEdit edit = edit(position);
        final long end = position + length(position);
        final boolean alone = findValid(end + ManifestDescriptor.SEAL_LENGTH, 1) < 0;
        return alone && recordNumber(position) == 1 && edit.added().isEmpty() && edit.lastSequence() == 0;
    }

    private void readHeader(final CurrentDescriptor.Current current) {
        if (file.length() < header.length) {
            throw corruption(0, "shorter than its header");
        }
        file.read(0, ByteBuffer.wrap(header));
        final CurrentDescriptor.Current claimed = ManifestDescriptor.decodeHeader(header, number);
        if (!claimed.equals(current)) {
            throw corruption(
                    0,
                    "it is not the manifest that " + FileNames.CURRENT + " names: manifest "
                            + claimed.manifest() + " of " + claimed.identity() + ", not " + current.manifest() + " of "
                            + current.identity());
        }
    }

    private Contents readEdits(final Function<VersionEdit, String> sink) {
        long position = header.length;
        if (!isValid(position) || recordLengthClaimed() == 0) {
            throw corruption(position, "the first edit is damaged");
        }
        final long first = recordNumber(position);
        if (first < 1) {
            throw corruption(position, "the first edit has number " + first);
        }
        for (long expected = first; ; expected++) {
            final String problem = sink.apply(edit(position));
            if (problem != null) {
                throw corruption(position, problem);
            }
            final long seal = position + length(position);
            final boolean sealed = isValid(seal) && recordLengthClaimed() == 0 && recordNumber(seal) == expected;
            position = seal + ManifestDescriptor.SEAL_LENGTH;
            if (!isValid(position) || recordLengthClaimed() == 0) {
                final long sound = findValid(sealed ? position : seal, expected);
                if (sound >= 0) {
                    throw corruption(position, "damaged before offset " + sound + ", where it is sound again");
                }
                return new Contents(first, expected);
            }
            if (recordNumber(position) != expected + 1) {
                throw corruption(position, "edit " + recordNumber(position) + " follows edit " + expected);
            }
        }
    }

    private VersionEdit edit(final long position) {
        final byte[] record = new byte[(int) length(position)];
        file.read(position, ByteBuffer.wrap(record));
        final int start = ManifestDescriptor.RECORD_HEADER_LENGTH;
        final int end = start + ManifestDescriptor.payloadLength(record, 0);
        final VersionEdit edit = EditDescriptor.decode(record, start, end, file.name(), position + start);
        for (int i = end; i < record.length; i++) {
            if (record[i] != 0) {
                throw corruption(position + i, "not zero where it must be");
            }
        }
        return edit;
    }

    /** Length of the record, with its padding, whose header was read last. */
    private int recordLengthClaimed() {
        return ManifestDescriptor.payloadLength(recordHeader, 0);
    }

    private long length(final long position) {
        readRecordHeader(position);
        return ManifestDescriptor.recordLength(recordLengthClaimed());
    }

    private long recordNumber(final long position) {
        readRecordHeader(position);
        return ManifestDescriptor.number(recordHeader, 0);
    }

    private void readRecordHeader(final long position) {
        file.read(position, ByteBuffer.wrap(recordHeader));
    }

    /** Whether there is a whole record, as it was written; its header is in {@link #recordHeader} then. */
    private boolean isValid(final long position) {
        if (file.length() - position < recordHeader.length) {
            return false;
        }
        readRecordHeader(position);
        if (!fits(recordLengthClaimed(), position)) {
            return false;
        }
        final CRC32C crc = ManifestDescriptor.beginCrc(header);
        final long end = position + ManifestDescriptor.recordLength(recordLengthClaimed());
        for (long at = position + ManifestDescriptor.LENGTH_OFFSET; at < end; ) {
            final int part = (int) Math.min(CHUNK, end - at);
            file.read(at, ByteBuffer.wrap(chunk, 0, part));
            crc.update(chunk, 0, part);
            at += part;
        }
        return (int) crc.getValue() == ManifestDescriptor.crc(recordHeader);
    }

    private boolean fits(final int payloadLength, final long position) {
        return payloadLength >= 0
                && payloadLength <= ManifestDescriptor.MAX_PAYLOAD
                && ManifestDescriptor.recordLength(payloadLength) <= file.length() - position;
    }

    /**
     * Searches for a record.
     *
     * @param lowest edit number that it must have at least
     * @return where it is, or -1
     */
    private long findValid(final long from, final long lowest) {
        final byte[] window = new byte[CHUNK];
        final int headerLength = ManifestDescriptor.RECORD_HEADER_LENGTH;
        // As many records as fit there could be; what claims another number is not looked at.
        final long highest = lowest + Math.max(0, file.length() - from) / headerLength + 1;
        // Damage that looks like many long records must not take for ever.
        long allowance = 16 * file.length() + CHUNK;
        for (long start = from; file.length() - start >= headerLength; start += CHUNK - headerLength) {
            final int length = (int) Math.min(CHUNK, file.length() - start);
            file.read(start, ByteBuffer.wrap(window, 0, length));
            for (int at = 0; length - at >= headerLength; at += ManifestDescriptor.ALIGNMENT) {
                final long claimed = ManifestDescriptor.number(window, at);
                final int payload = ManifestDescriptor.payloadLength(window, at);
                if (claimed < lowest || claimed > highest || !fits(payload, start + at)) {
                    continue;
                }
                allowance -= ManifestDescriptor.recordLength(payload);
                if (allowance < 0) {
                    throw corruption(from, "too much of it is damaged to tell where it ends");
                }
                if (isValid(start + at)) {
                    return start + at;
                }
            }
        }
        return -1;
    }

    private CorruptionException corruption(final long offset, final String what) {
        return new CorruptionException(file.name(), offset, what + HINT);
    }

    @Override
    public void close() {
        file.close();
    }
}
