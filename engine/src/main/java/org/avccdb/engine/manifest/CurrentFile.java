package org.avccdb.engine.manifest;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;

/** Reads CURRENT, and replaces it in one step that survives a power cut. */
final class CurrentFile {
    private CurrentFile() {}

    static CurrentDescriptor.Current read(final Storage storage) {
        try (ReadFile file = storage.open(FileNames.CURRENT)) {
            if (file.length() != CurrentDescriptor.LENGTH) {
                throw new CorruptionException(
                        FileNames.CURRENT,
                        0,
                        file.length() + " bytes where there must be " + CurrentDescriptor.LENGTH + ManifestReader.HINT);
            }
            final byte[] bytes = new byte[CurrentDescriptor.LENGTH];
            file.read(0, ByteBuffer.wrap(bytes));
            return CurrentDescriptor.decode(bytes);
        }
    }

    /** The manifest must be synced, and so must the directory that it is in. */
    static void replace(final Storage storage, final Identity identity, final long manifest) {
        final byte[] bytes = CurrentDescriptor.encode(identity, manifest);
        try (AppendFile file = storage.create(FileNames.CURRENT_NEXT)) {
            file.append(new UnsafeBuffer(bytes), 0, bytes.length);
            file.sync();
        }
        storage.rename(FileNames.CURRENT_NEXT, FileNames.CURRENT);
        storage.syncDirectory();
    }
}
