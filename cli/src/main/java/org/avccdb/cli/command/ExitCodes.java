package org.avccdb.cli.command;

/** What the program's exit status says. */
public final class ExitCodes {
    /** Done. */
    public static final int FINE = 0;
    /** What was asked for is not there, or a check has found something wrong. */
    public static final int NEGATIVE = 1;
    /** The arguments or the input make no sense. */
    public static final int USAGE = 2;
    /** The database, or a file, is missing, locked, damaged or refuses what is asked. */
    public static final int STORAGE = 3;
    /** The program itself has failed. */
    public static final int INTERNAL = 4;
    /** Whoever was to read the output has gone; as other programs say it, which die of SIGPIPE. */
    public static final int READER_GONE = 141;

    private ExitCodes() {}
}
