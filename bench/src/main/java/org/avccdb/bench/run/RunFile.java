package org.avccdb.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.avccdb.bench.measure.IntervalLog;
import org.avccdb.bench.measure.Jitter;
import org.avccdb.bench.measure.Json;
import org.avccdb.bench.measure.Machine;
import org.avccdb.bench.measure.Percentiles;

/** What a run writes down about itself: {@code run.json} in its directory. */
public final class RunFile {
    /** Its name. */
    public static final String NAME = "run.json";

    private static final int FORMAT = 1;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Path directory;
    private final Map<String, Object> content = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Begins with what is known before anything runs. */
    public RunFile(final String kind, final Path directory, final Path databases, final List<String> command) {
        this.directory = directory;
        content.put("format", FORMAT);
        content.put("kind", kind);
        content.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        content.put("command", command);
        content.put("commit", Machine.commit());
        content.put("machine", Machine.describe(databases));
    }

    /** Adds something. */
    public void put(final String name, final Object value) {
        content.put(name, value);
    }

    /** Adds what did not hold. */
    public void fail(final String failure) {
        failures.add(failure);
    }

    /** Whether everything held so far. */
    public boolean isGood() {
        return failures.isEmpty();
    }

    /** What did not hold. */
    public List<String> failures() {
        return failures;
    }

    /** Measures the idle machine for some seconds, and keeps it. */
    public void measureJitter(final long seconds) {
        if (seconds == 0) {
            return;
        }
        final Histogram gaps = Jitter.measure(seconds * NANOS_A_SECOND);
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("seconds", seconds);
        figures.put("gaps", Percentiles.withCurve(gaps));
        figures.put("files", List.of("jitter.hlog", "jitter.hgrm"));
        content.put("jitter", figures);
        try (IntervalLog log = new IntervalLog(directory.resolve("jitter.hlog"), "jitter of the idle machine")) {
            final long now = System.currentTimeMillis();
            log.write("jitter", gaps, now - seconds * NANOS_A_SECOND / NANOS_A_MILLI, now);
        }
        IntervalLog.writeDistribution(directory.resolve("jitter.hgrm"), gaps);
    }

    /** Writes the file. */
    public Path write() {
        content.put("failures", failures);
        content.put("good", failures.isEmpty());
        final Path file = directory.resolve(NAME);
        try {
            Files.writeString(file, Json.write(content));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
