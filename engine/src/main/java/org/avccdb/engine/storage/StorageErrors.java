package org.avccdb.engine.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;

/** Words for what the operating system refused. */
final class StorageErrors {
    /** How the C library says ENOSPC and EDQUOT; a translated one is not recognised and stays a StorageException. */
    private static final List<String> NO_SPACE = List.of("No space left on device", "Disk quota exceeded");

    private StorageErrors() {}

    static StorageException of(final String operation, final Object file, final IOException cause) {
        final String reason = reason(cause);
        final String message = "cannot " + operation + " " + file + ": " + reason;
        return NO_SPACE.stream().anyMatch(reason::contains)
                ? new NoSpaceException(message, cause)
                : new StorageException(message, cause);
    }

    /** Without the path, which these exceptions put in front and the message has already. */
    private static String reason(final IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (cause instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getReason();
        }
        final String message = cause.getMessage();
        if (cause instanceof FileNotFoundException && message != null && message.endsWith(")")) {
            // The older classes write "path (reason)".
            return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
        }
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
