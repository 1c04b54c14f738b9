package org.avccdb.engine.storage;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;

/** Copies a file from one storage to another, whatever they are. */
final class FileCopy {
    private static final int PIECE_BYTES = 64 * 1024;

    private FileCopy() {}

    /** Synced, but for the directory's entry. When it fails, nothing is left of the copy, if that can be. */
    static void copy(final Storage from, final String name, final Storage to) {
        if (to.exists(name)) {
            throw new StorageException("cannot copy " + name + " from " + from.location() + " to " + to.location()
                    + ": it exists already");
        }
        try (ReadFile source = from.open(name)) {
            try (AppendFile target = to.create(name)) {
                final byte[] piece = new byte[PIECE_BYTES];
                for (long done = 0; done < source.length(); ) {
                    final int part = (int) Math.min(source.length() - done, PIECE_BYTES);
                    source.read(done, ByteBuffer.wrap(piece, 0, part));
                    target.append(new UnsafeBuffer(piece), 0, part);
                    done += part;
                }
                target.sync();
            } catch (RuntimeException e) {
                deleteAfter(e, name, to);
                throw e;
            }
        }
    }

    private static void deleteAfter(final RuntimeException failure, final String name, final Storage to) {
        try {
            if (to.exists(name)) {
                to.delete(name);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
