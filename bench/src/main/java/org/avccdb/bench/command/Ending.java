package org.avccdb.bench.command;

import java.nio.file.Path;
import org.avccdb.bench.report.Report;
import org.avccdb.bench.run.RunFile;
import org.avccdb.bench.run.Summary;

/** How a command that has run workloads ends. */
final class Ending {
    private Ending() {}

    /** Writes the results, says what they are, and returns the exit status. */
    static int of(final RunFile file, final Summary summary, final Places places) {
        final Path written = file.write();
        System.out.println(summary);
        file.failures().forEach(failure -> System.out.println("FAILED: " + failure));
        System.out.println("results: " + written);
        System.out.println("report: " + Report.write(places.results()));
        return file.isGood() ? 0 : 1;
    }
}
