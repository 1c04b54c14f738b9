package org.avccdb.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoriesTest {
    @TempDir
    Path place;

    @Test
    void countsTheFilesWhoseNamesPassAndThoseOfDirectoriesBelow() throws IOException {
        file("a.sst", 10);
        file("b.log", 100);
        Files.createDirectory(place.resolve("below"));
        file("below/c.sst", 1);
        assertEquals(11, Directories.bytes(place, name -> name.endsWith(".sst")));
        assertEquals(111, Directories.bytes(place, name -> true));
    }

    /** A database that is open deletes what it needs no more, between the listing of a directory and the look at a file. */
    @Test
    void filesThatGoAwayMeanwhileHaveNoBytes() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("spare" + i, 7);
        }
        final long bytes = Directories.bytes(place, name -> {
            for (int i = 0; i < 20; i++) {
                if (!name.equals("spare" + i)) {
                    place.resolve("spare" + i).toFile().delete();
                }
            }
            return true;
        });
        assertEquals(7, bytes);
    }

    @Test
    void aDirectoryThatIsNotThereIsNotEmpty() {
        assertThrows(UncheckedIOException.class, () -> Directories.bytes(place.resolve("missing"), name -> true));
    }

    @Test
    void deletesAllThatIsInADirectory() throws IOException {
        final Path inner = Files.createDirectories(place.resolve("inner/most"));
        Files.write(inner.resolve("x"), new byte[3]);
        assertTrue(Files.exists(Directories.fresh(place.resolve("inner"))));
        assertFalse(Files.exists(inner));
        Directories.delete(place.resolve("inner"));
        assertFalse(Files.exists(place.resolve("inner")));
        Directories.delete(place.resolve("inner"));
    }

    private void file(final String name, final int bytes) throws IOException {
        Files.write(place.resolve(name), new byte[bytes]);
    }
}
