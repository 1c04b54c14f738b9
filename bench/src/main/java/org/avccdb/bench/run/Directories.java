package org.avccdb.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes, measures and deletes directories of databases. */
public final class Directories {
    private Directories() {}

    /** An empty directory: what was there is deleted. */
    public static Path fresh(final Path directory) {
        delete(directory);
        try {
            return Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory with everything in it, if it is there. */
    public static void delete(final Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the files whose names pass; a file that goes away meanwhile has none. */
    public static long bytes(final Path directory, final Predicate<String> names) {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(file -> names.test(file.getFileName().toString()))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().mapToLong(Directories::bytes).sum();
    }

    private static long bytes(final Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (final NoSuchFileException e) {
            return 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
