package org.avccdb.bench;

import java.io.IOException;
import java.util.Arrays;
import org.avccdb.bench.command.CommandLines;
import org.avccdb.bench.proofs.ProofDriver;
import org.avccdb.bench.report.ReportCommand;

/**
 * {@code jmh …} is passed on to JMH, {@code proofs …} measures authentication ({@link ProofDriver}), {@code report …}
 * makes pages of what was measured ({@link ReportCommand}); everything else is read by {@link CommandLines}.
 */
public final class Main {
    private Main() {}

    /** Starts what the arguments ask for. */
    public static void main(final String[] arguments) throws IOException {
        final String first = arguments.length > 0 ? arguments[0] : "";
        switch (first) {
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "proofs" -> ProofDriver.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "report" -> System.exit(ReportCommand.execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
            default -> System.exit(CommandLines.execute(arguments));
        }
    }
}
