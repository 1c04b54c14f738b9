package org.avccdb.engine.storage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Whole files of UTF-8 text outside of a database, such as saved options. */
public final class TextFiles {
    /** More is not what it is taken for. */
    public static final int MAX_BYTES = 1024 * 1024;

    private TextFiles() {}

    /**
     * Reads a text of at most {@link #MAX_BYTES} bytes.
     *
     * @throws org.avccdb.StorageException if it cannot be read, is too long, or is not UTF-8
     */
    public static String read(final Path path) {
        try {
            final long bytes = Files.size(path);
            if (bytes > MAX_BYTES) {
                throw new IOException("it has " + bytes + " bytes, more than " + MAX_BYTES);
            }
            return Uninterrupted.call(() -> Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw StorageErrors.of("read", path, e);
        }
    }

    /** Writes a text durably; what was there before is replaced in one step, or stays as it was. */
    public static void write(final Path path, final String text) {
        final Path absolute = path.toAbsolutePath();
        final Path next = absolute.resolveSibling(absolute.getFileName() + ".next");
        try {
            try (FileOutputStream stream = new FileOutputStream(next.toFile())) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
                stream.getFD().sync();
            }
            Files.move(next, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            NioStorage.force(absolute.getParent());
        } catch (IOException e) {
            throw StorageErrors.of("write", path, e);
        }
    }
}
