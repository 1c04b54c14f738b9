package org.avccdb.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.avccdb.AvccDbException;
import org.avccdb.CorruptionException;
import org.avccdb.DatabaseMissingException;
import org.avccdb.LockedException;
import org.avccdb.ReadOnlyException;
import org.avccdb.cli.command.Avccdb;
import org.avccdb.cli.command.ExitCodes;
import org.avccdb.cli.io.Console;
import org.avccdb.cli.io.InputException;
import org.avccdb.cli.io.OutputException;
import org.avccdb.proof.ProofRejectedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and what to do, and turns it into an exit status. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;
    private final Avccdb program;

    ErrorReport(final Console console, final Avccdb program) {
        this.console = console;
        this.program = program;
    }

    @Override
    public int handleParseException(final ParameterException error, final String[] arguments) {
        final String name = error.getCommandLine().getCommandSpec().qualifiedName();
        return report(error, problem(error) + "; see '" + name + " --help'", ExitCodes.USAGE);
    }

    private static String problem(final ParameterException error) {
        final boolean isBehindNoCommand = error.getCommandLine().getParent() == null;
        if (isBehindNoCommand && error instanceof UnmatchedArgumentException unknown && !unknown.isUnknownOption()) {
            return "there is no command '" + unknown.getUnmatched().get(0) + "'";
        }
        return error.getMessage();
    }

    @Override
    public int handleExecutionException(
            final Exception error, final CommandLine commandLine, final ParseResult parsed) {
        if (error instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        return report(error);
    }

    /** Tells of anything that a command has thrown. */
    int report(final Exception error) {
        if (error instanceof OutputException unwritten && unwritten.isReaderGone()) {
            return ExitCodes.READER_GONE;
        }
        if (error instanceof InputException || error instanceof IllegalArgumentException) {
            return report(error, error.getMessage(), ExitCodes.USAGE);
        }
        if (error instanceof ProofRejectedException) {
            return report(error, "the proof is rejected: " + error.getMessage(), ExitCodes.NEGATIVE);
        }
        if (error instanceof AvccDbException || error instanceof UnsupportedOperationException) {
            return report(error, error.getMessage() + hint(error), ExitCodes.STORAGE);
        }
        if (error instanceof OutputException) {
            return report(error, error.getMessage(), ExitCodes.STORAGE);
        }
        if (error instanceof IOException failure) {
            return report(error, fileProblem(failure), ExitCodes.STORAGE);
        }
        return report(
                error, "this is a mistake in the program: " + error + "; --debug shows where", ExitCodes.INTERNAL);
    }

    private static String hint(final Exception error) {
        if (error instanceof DatabaseMissingException) {
            return "; 'avccdb put' and 'avccdb load' create one";
        }
        if (error instanceof LockedException) {
            return "; try again when whoever has it open has closed it";
        }
        if (error instanceof CorruptionException) {
            return "; 'avccdb check' tells how much is damaged, 'avccdb dump' shows the file";
        }
        return error instanceof ReadOnlyException ? "; look at the permissions and at --options" : "";
    }

    private static String fileProblem(final IOException error) {
        if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
            return "there is no file " + error.getMessage();
        }
        if (error instanceof FileSystemException refused) {
            final String reason = refused.getReason() == null ? error.getClass().getSimpleName() : refused.getReason();
            return "cannot use " + refused.getFile() + ": " + reason;
        }
        return "cannot read or write: " + error.getMessage();
    }

    private int report(final Exception error, final String message, final int status) {
        console.note("avccdb: " + String.valueOf(message).replaceAll("\\s*\\R\\s*", "; "));
        if (program.isDebugging()) {
            error.printStackTrace(console.notes());
        }
        return status;
    }
}
