package org.avccdb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.avccdb.cli.command.Avccdb;
import org.avccdb.cli.command.ExitCodes;
import org.avccdb.cli.io.Console;
import org.avccdb.cli.io.OutputException;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(final String[] arguments) {
        // Not System.out, which swallows errors and converts text as the locale says.
        System.exit(run(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                arguments));
    }

    /**
     * Runs one command.
     *
     * @return its exit status
     */
    static int run(final InputStream in, final OutputStream out, final OutputStream err, final String... arguments) {
        final Console console = new Console(in, out, err);
        final Avccdb program = new Avccdb(console);
        final ErrorReport errors = new ErrorReport(console, program);
        final CommandLine commandLine = new CommandLine(program)
                .setOut(new PrintWriter(new OutputStreamWriter(console.asStream(), UTF_8)))
                .setErr(console.notes())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        final int status = commandLine.execute(arguments);
        try {
            commandLine.getOut().flush();
            console.flush();
            return status;
        } catch (final OutputException e) {
            final int unwritten = errors.report(e);
            return status == ExitCodes.FINE ? unwritten : status;
        }
    }
}
