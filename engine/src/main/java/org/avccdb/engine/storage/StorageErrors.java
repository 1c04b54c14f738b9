package org.avccdb.engine.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;

/** Words for what the operating system refused. */
final class StorageErrors {
    /** How the C library says ENOSPC and EDQUOT, where it speaks English. */
    private static final List<String> NO_SPACE = List.of("No space left on device", "Disk quota exceeded");

    /** What needs room; where such a thing fails and there is none, that is why, in whatever language it is said. */
    private static final Set<String> NEED_ROOM = Set.of("create", "write", "sync", "close");

    private static final long NO_ROOM_BYTES = 64 * 1024;

    private StorageErrors() {}

    static StorageException of(final String operation, final Object file, final IOException cause) {
        final String reason = reason(cause);
        final String message = "cannot " + operation + " " + file + ": " + reason;
        return NO_SPACE.stream().anyMatch(reason::contains) || (NEED_ROOM.contains(operation) && isFull(file))
                ? new NoSpaceException(message, cause)
                : new StorageException(message, cause);
    }

    private static boolean isFull(final Object file) {
        if (!(file instanceof Path path)) {
            return false;
        }
        try {
            return Files.getFileStore(path).getUsableSpace() < NO_ROOM_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Without the path, which these exceptions put in front and the message has already. */
    private static String reason(final IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException denied && denied.getReason() == null) {
            return "permission denied";
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
