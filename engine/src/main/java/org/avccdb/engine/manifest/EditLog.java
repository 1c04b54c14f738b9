package org.avccdb.engine.manifest;

import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;

/**
 * The present manifest as it is written, and the change to the next one. What writes is called under the lock of
 * {@link VersionSet}; the accessors by any thread.
 *
 * <ol>
 *   <li>An edit that {@link #append} has returned for is on disk, and so are the names of the tables that it adds.
 *   <li>After a failure of the storage nothing is written any more, and no sync is repeated: {@link #failure}.
 * </ol>
 */
final class EditLog implements AutoCloseable {
    /** Room that must be left besides what an edit takes; file systems need some of their own. */
    private static final long SPARE_ROOM = 4096;

    private final Storage storage;
    private final Identity identity;
    private final long maxBytes;
    private ManifestWriter writer;
    private long snapshotBytes;
    private volatile long edits;
    private volatile long number;
    private volatile long bytes;
    private volatile Throwable failure;

    /**
     * Nothing can be appended until {@link #start}.
     *
     * @param maxBytes length from which on the next manifest is due
     * @param number of the manifest that was read, 0 if there is none
     * @param bytes length of that
     * @param edits number of the last edit in it
     */
    EditLog(
            final Storage storage,
            final Identity identity,
            final long maxBytes,
            final long number,
            final long bytes,
            final long edits) {
        this.storage = storage;
        this.identity = identity;
        this.maxBytes = maxBytes;
        this.number = number;
        this.bytes = bytes;
        this.edits = edits;
    }

    boolean isStarted() {
        return writer != null;
    }

    /** Begins a manifest with a state, and makes it the present one; the manifest before is left where it is. */
    void start(final VersionEdit snapshot, final long newNumber) {
        checkNotFailed();
        checkRoom(roomForStart(snapshot));
        try {
            begin(snapshot, newNumber);
        } catch (final RuntimeException | Error e) {
            throw failed(e);
        }
    }

    /** Whether the next edit should go to a new manifest. */
    boolean isFull() {
        // A state that takes most of the limit itself must not be written anew for each edit.
        return writer.length() > maxBytes && writer.length() / 2 > snapshotBytes;
    }

    /**
     * Appends an edit, and returns when it is on disk.
     *
     * @param snapshot the state before the edit, to begin a new manifest with; null to go on with the present one
     * @param newNumber of the new manifest
     */
    void append(final VersionEdit edit, final VersionEdit snapshot, final long newNumber) {
        checkNotFailed();
        checkRoom(ManifestWriter.roomFor(edit) + (snapshot == null ? 0 : roomForStart(snapshot)));
        try {
            if (snapshot != null) {
                final ManifestWriter old = writer;
                begin(snapshot, newNumber);
                old.close();
                storage.delete(FileNames.manifest(old.number()));
            }
            if (!edit.added().isEmpty()) {
                storage.syncDirectory();
            }
            final long editNumber = edits + 1;
            writer.append(edit, editNumber);
            edits = editNumber;
            bytes = writer.length();
        } catch (final RuntimeException | Error e) {
            throw failed(e);
        }
    }

    /** Says in the manifest that the last edit has been acknowledged. Never throws: the edit itself is safe. */
    void seal() {
        try {
            writer.seal(edits);
            bytes = writer.length();
        } catch (final RuntimeException | Error e) {
            failure = e; // What comes behind a seal that is written in part would not be found.
        }
    }

    private void begin(final VersionEdit snapshot, final long newNumber) {
        final ManifestWriter next = new ManifestWriter(storage, newNumber, identity);
        final long editNumber = edits + 1;
        try {
            next.begin(snapshot, editNumber);
            storage.syncDirectory();
            CurrentFile.replace(storage, identity, newNumber);
        } catch (final RuntimeException | Error e) {
            closeAfter(e, next);
            throw e;
        }
        writer = next;
        edits = editNumber;
        snapshotBytes = next.length();
        bytes = next.length();
        number = newNumber;
    }

    private static long roomForStart(final VersionEdit snapshot) {
        return ManifestWriter.roomFor(snapshot) + ManifestDescriptor.HEADER_LENGTH + CurrentDescriptor.LENGTH;
    }

    private static void closeAfter(final Throwable first, final ManifestWriter writer) {
        try {
            writer.close();
        } catch (final RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    /** Refuses what would fail for want of room while it can still be refused without doubt about what is on disk. */
    private void checkRoom(final long needed) {
        final long free = storage.freeBytes();
        if (free >= 0 && free < needed + SPARE_ROOM) {
            throw new NoSpaceException("no room for the manifest in " + storage.location() + ": " + free
                    + " bytes are left, and " + (needed + SPARE_ROOM) + " are needed");
        }
    }

    /** Whatever it was, want of room too: what is on disk now cannot be known, so it is not to be tried again. */
    private StorageException failed(final Throwable cause) {
        failure = cause;
        return new StorageException(
                "it is in doubt what is in the manifest, and it cannot be written until the database is"
                        + " opened again: " + cause.getMessage(),
                cause);
    }

    private void checkNotFailed() {
        final Throwable first = failure;
        if (first != null) {
            throw new StorageException(
                    "the manifest cannot be written until the database is opened again, because this failed: "
                            + first.getMessage(),
                    first);
        }
    }

    /** Number of the last edit. */
    long edits() {
        return edits;
    }

    /** Names the present manifest. */
    long number() {
        return number;
    }

    /** Length of the present manifest. */
    long bytes() {
        return bytes;
    }

    /** Why nothing is written any more, or null. */
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
