package org.avccdb.cli.command;

import org.avccdb.cli.io.Console;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: all commands, and what they have in common. */
@Command(
        name = "avccdb",
        versionProvider = ReleaseVersion.class,
        description = "Reads, writes and examines avccDB databases.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:not found, or a check has failed",
            "2:arguments or input that make no sense",
            "3:the database or a file is missing, locked, damaged, or refuses what is asked",
            "4:the program itself has failed",
            "141:whoever was to read the output has gone"
        },
        footer = {
            "",
            "Keys and values are text, where \\\\ is a backslash and \\xHH is a byte, unless --format says otherwise.",
            "An argument that begins with a dash goes behind --.",
            "'avccdb bench', 'avccdb report' and 'avccdb trace' run the benchmarks and what belongs to them."
        },
        subcommands = {
            Put.class,
            Get.class,
            Delete.class,
            History.class,
            Scan.class,
            Load.class,
            Unload.class,
            Stat.class,
            Levels.class,
            Check.class,
            Compact.class,
            Checkpoint.class,
            Recover.class,
            Dump.class,
            Prove.class,
            VerifyProof.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class Avccdb extends Helpful implements Runnable {
    private final Console console;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of the program.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean showVersion;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the program an error came from.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    /** Whose commands read and write there. */
    public Avccdb(final Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    /** Whether errors are to be shown with their stack trace. */
    public boolean isDebugging() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
