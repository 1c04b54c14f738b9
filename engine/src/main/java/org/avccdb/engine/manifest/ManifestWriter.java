package org.avccdb.engine.manifest;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;

/** Writes one manifest ({@link ManifestDescriptor}). One thread at a time uses it; after a failure it is only to be closed. */
final class ManifestWriter implements AutoCloseable {
    private final AppendFile file;
    private final byte[] header;
    private final long number;

    /** Creates the file; nothing is in it yet. */
    ManifestWriter(final Storage storage, final long number, final Identity identity) {
        this.number = number;
        header = ManifestDescriptor.header(identity, number);
        file = storage.create(FileNames.manifest(number));
    }

    /** Bytes that an edit and its seal take. */
    static long roomFor(final VersionEdit edit) {
        return ManifestDescriptor.recordLength(EditDescriptor.length(edit)) + ManifestDescriptor.SEAL_LENGTH;
    }

    /** Header, first edit and its seal; synced when it returns, but for the seal. */
    void begin(final VersionEdit snapshot, final long editNumber) {
        append(header);
        append(snapshot, editNumber);
        seal(editNumber);
    }

    /** Appends an edit; synced when it returns. */
    void append(final VersionEdit edit, final long editNumber) {
        final long payloadLength = EditDescriptor.length(edit);
        if (payloadLength > ManifestDescriptor.MAX_PAYLOAD) {
            throw new IllegalStateException(
                    "an edit of " + payloadLength + " bytes, of " + ManifestDescriptor.MAX_PAYLOAD + " at most: "
                            + edit.added().size() + " tables");
        }
        final byte[] record = new byte[(int) ManifestDescriptor.recordLength(payloadLength)];
        EditDescriptor.encode(edit, record, ManifestDescriptor.RECORD_HEADER_LENGTH);
        ManifestDescriptor.finish(record, (int) payloadLength, header, editNumber);
        append(record);
        file.sync();
    }

    /** Says that the edit before has been acknowledged; handed to the operating system, but never synced for itself. */
    void seal(final long editNumber) {
        append(ManifestDescriptor.seal(header, editNumber));
        file.flush();
    }

    private void append(final byte[] bytes) {
        file.append(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    long number() {
        return number;
    }

    long length() {
        return file.length();
    }

    @Override
    public void close() {
        file.close();
    }
}
