package org.avccdb.bench.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.avccdb.bench.run.Directories;
import org.avccdb.bench.run.RunFile;
import picocli.CommandLine.Option;

/** Options about where things go. */
final class Places {
    @Option(names = "--dir", description = "Where databases are made. Where left out: a temporary directory.")
    private Path databases;

    @Option(
            names = "--results",
            description = "Where run.json and the histograms are written. Where left out: results/DATE-TIME.")
    private Path results;

    @Option(names = "--keep", description = "Keep the databases.")
    private boolean keep;

    @Option(
            names = "--jitter-seconds",
            defaultValue = "2",
            description = "How long the idle machine is measured before (${DEFAULT-VALUE}; 0: not at all).")
    private long jitterSeconds;

    private boolean temporary;

    /** Makes the directories. */
    void make() {
        try {
            if (databases == null) {
                databases = Files.createTempDirectory("avccdb-bench");
                temporary = true;
            } else {
                Files.createDirectories(databases);
            }
            if (results == null) {
                results = Path.of(
                        "results",
                        LocalDateTime.now(ZoneId.systemDefault())
                                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")));
            }
            Files.createDirectories(results);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins the file of results, with what the machine does while it is idle. */
    RunFile begin(final String kind, final List<String> arguments) {
        final RunFile file = new RunFile(kind, results(), databases(), arguments);
        if (jitterSeconds > 0) {
            System.err.println("measuring the idle machine for " + jitterSeconds + " s");
            file.measureJitter(jitterSeconds);
        }
        return file;
    }

    /** Deletes the directory of databases if it was a temporary one. */
    void clear() {
        if (temporary && !keep) {
            Directories.delete(databases);
        }
    }

    Path databases() {
        return databases.toAbsolutePath();
    }

    Path results() {
        return results.toAbsolutePath();
    }

    boolean keep() {
        return keep;
    }
}
