package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageErrorsTest {
    @TempDir
    Path directory;

    private static Class<?> typeOf(final String operation, final Path file, final String reason) {
        return StorageErrors.of(operation, file, new IOException(reason)).getClass();
    }

    @Test
    void theMessageSaysWhatWhereAndWhyOnce() {
        final IOException cause = new NoSuchFileException("dir/f");
        final StorageException e = StorageErrors.of("open", "dir/f", cause);
        assertEquals("cannot open dir/f: no such file or directory", e.getMessage());
        assertSame(cause, e.getCause());
        assertEquals(
                "cannot open dir/f: Is a directory",
                StorageErrors.of("open", "dir/f", new FileNotFoundException("dir/f (Is a directory)"))
                        .getMessage());
        assertEquals(
                "cannot open dir/f: permission denied",
                StorageErrors.of("open", "dir/f", new AccessDeniedException("dir/f"))
                        .getMessage());
        assertEquals(
                "cannot open dir/f: Permission denied",
                StorageErrors.of("open", "dir/f", new FileSystemException("dir/f", null, "Permission denied"))
                        .getMessage());
        assertEquals(
                "cannot open dir/f: IOException",
                StorageErrors.of("open", "dir/f", new IOException()).getMessage());
    }

    @Test
    void aFullDeviceIsKnownByItsWords() {
        assertEquals(NoSpaceException.class, typeOf("rename", directory, "No space left on device"));
        assertEquals(NoSpaceException.class, typeOf("write", directory, "Disk quota exceeded"));
        assertEquals(StorageException.class, typeOf("write", directory, "Input/output error"));
    }

    @Test
    void aFullDeviceIsKnownByItsRoomInAnyLanguage() throws IOException {
        final Path full = Path.of("/proc/version");
        assumeTrue(Files.exists(full) && Files.getFileStore(full).getUsableSpace() == 0);
        assertEquals(NoSpaceException.class, typeOf("write", full, "Auf dem Gerät ist kein Platz mehr"));
        assertEquals(StorageException.class, typeOf("read", full, "Eingabefehler"));
        assertEquals(StorageException.class, typeOf("write", full.resolveSibling("missing"), "Eingabefehler"));
    }
}
