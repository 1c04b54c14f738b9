package org.avccdb.bench.command;

import java.nio.file.Path;
import org.avccdb.bench.report.Report;
import org.avccdb.bench.run.RunFile;

/** How a command that has measured something ends. */
final class Ending {
    private Ending() {}

    /** Writes the results, prints the figures and what did not hold, and returns the exit status. */
    static int of(final RunFile file, final Object figures, final Places places) {
        final Path written = file.write();
        System.out.println(figures);
        file.failures().forEach(failure -> System.out.println("FAILED: " + failure));
        System.out.println("results: " + written);
        System.out.println("report: " + Report.write(places.results()));
        return file.isGood() ? 0 : 1;
    }
}
