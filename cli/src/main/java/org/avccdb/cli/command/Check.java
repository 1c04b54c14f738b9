package org.avccdb.cli.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avccdb.AvccDb;
import org.avccdb.CorruptionException;
import org.avccdb.IntegrityReport;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies a database. */
@Command(
        name = "check",
        description = "Reads every file and checks checksums, order and counts. Prints what is wrong, the first damaged"
                + " file and offset at the top.")
final class Check extends DatabaseCommand {
    /** How a problem begins that says where it is. */
    private static final Pattern PLACE = Pattern.compile("^(\\S+), offset (\\d+): ");

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    @Override
    public Integer call() {
        final IntegrityReport report = verify();
        if (json) {
            console().line(Json.text(fields(report)));
        } else if (report.isClean()) {
            console().line("sound: " + read(report));
        } else {
            console().line("first damage: " + report.problems().get(0));
            report.problems().stream().skip(1).forEach(console()::line);
            console().line(report.problems().size() + " problems: " + read(report));
        }
        return report.isClean() ? ExitCodes.FINE : ExitCodes.NEGATIVE;
    }

    private IntegrityReport verify() {
        try (AvccDb db = openToRead()) {
            final CheckProgress progress = new CheckProgress();
            return Ticker.during(console(), progress, () -> db.verifyWithProgress(progress));
        } catch (final CorruptionException damage) {
            // What is too damaged to be opened is what this command is to tell of.
            return new IntegrityReport(List.of(damage.getMessage()), 0, 0, 0, 0);
        }
    }

    private static String read(final IntegrityReport report) {
        return report.tables() + " tables, " + report.journals() + " journals, " + report.records() + " records, "
                + report.bytesRead() + " bytes read";
    }

    private static Object fields(final IntegrityReport report) {
        final var fields = Json.object(
                "clean", report.isClean(),
                "tables", report.tables(),
                "journals", report.journals(),
                "records", report.records(),
                "bytesRead", report.bytesRead(),
                "problems", report.problems());
        if (!report.isClean()) {
            final Matcher place = PLACE.matcher(report.problems().get(0));
            if (place.find()) {
                fields.put("first", Json.object("file", place.group(1), "offset", Long.parseLong(place.group(2))));
            }
        }
        return fields;
    }
}
