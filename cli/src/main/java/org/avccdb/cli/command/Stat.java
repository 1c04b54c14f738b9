package org.avccdb.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.avccdb.AvccDb;
import org.avccdb.Latency;
import org.avccdb.Stats;
import org.avccdb.cli.io.InputException;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a database says of itself. */
@Command(name = "stat", description = "Prints what the database is and holds.")
final class Stat extends RangeCommand {
    @Option(
            names = "--property",
            paramLabel = "NAME",
            description = "Print one property: avccdb.stats, avccdb.levels, avccdb.sstables, avccdb.memory,"
                    + " avccdb.identity or avccdb.num-files-at-level0 to 6.")
    private String property;

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    @Override
    public Integer call() {
        try (AvccDb db = openToRead()) {
            if (property != null) {
                printProperty(db.property(property));
            } else if (json) {
                console().line(Json.text(fields(db)));
            } else {
                console().line(db.property("avccdb.identity"));
                console().line("in the range   about " + bytes(db) + " bytes of tables");
                console().line(db.stats().toString().stripTrailing());
            }
        }
        return ExitCodes.FINE;
    }

    private void printProperty(final String text) {
        if (text == null) {
            throw new InputException("there is no property " + property + "; 'avccdb stat --help' lists them");
        }
        console().line(json ? Json.text(Json.object(property, text)) : text.stripTrailing());
    }

    private long bytes(final AvccDb db) {
        return db.sizeOf(keys())[0];
    }

    private Map<String, Object> fields(final AvccDb db) {
        final Stats stats = db.stats();
        final Map<String, Object> latencies = new LinkedHashMap<>();
        for (final Latency latency : Latency.values()) {
            latencies.put(latency.name().toLowerCase(java.util.Locale.ROOT), summary(stats.latency(latency)));
        }
        return Json.object(
                "identity", db.property("avccdb.identity"),
                "rangeBytes", bytes(db),
                "writes", stats.writes(),
                "journal", stats.journal(),
                "memtables", stats.memtables(),
                "blockCache", stats.blockCache(),
                "levels", stats.levels(),
                "compactions", stats.compactions(),
                "files", stats.files(),
                "readers", stats.readers(),
                "nativeMemory", stats.nativeMemory(),
                "latencyNanos", latencies);
    }

    private static Map<String, Object> summary(final Histogram histogram) {
        return Json.object(
                "count", histogram.getTotalCount(),
                "p50", histogram.getValueAtPercentile(50),
                "p99", histogram.getValueAtPercentile(99),
                "p999", histogram.getValueAtPercentile(99.9),
                "max", histogram.getMaxValue());
    }
}
