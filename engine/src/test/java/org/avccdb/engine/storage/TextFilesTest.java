package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avccdb.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        final Path path = directory.resolve("options");
        TextFiles.write(path, "größe=1\n");
        assertEquals("größe=1\n", TextFiles.read(path));
        Thread.currentThread().interrupt();
        TextFiles.write(path, "");
        assertEquals("", TextFiles.read(path));
        assertTrue(Thread.interrupted());
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aFailedWriteLeavesTheOldText() throws IOException {
        final Path path = directory.resolve("options");
        TextFiles.write(path, "old");
        Files.createDirectory(directory.resolve("options.next"));
        final StorageException e = assertThrows(StorageException.class, () -> TextFiles.write(path, "new"));
        assertTrue(e.getMessage().contains("options"), e.getMessage());
        assertEquals("old", TextFiles.read(path));
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        final Path path = directory.resolve("f");
        assertThrows(StorageException.class, () -> TextFiles.read(path));
        assertFalse(Files.exists(path));
        Files.write(path, new byte[] {'a', (byte) 0xFF});
        assertThrows(StorageException.class, () -> TextFiles.read(path));
        Files.write(path, new byte[TextFiles.MAX_BYTES]);
        assertEquals(TextFiles.MAX_BYTES, TextFiles.read(path).length());
        Files.write(path, new byte[TextFiles.MAX_BYTES + 1]);
        assertThrows(StorageException.class, () -> TextFiles.read(path));
        assertThrows(StorageException.class, () -> TextFiles.read(directory));
    }
}
