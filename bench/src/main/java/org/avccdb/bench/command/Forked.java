package org.avccdb.bench.command;

/** Where a forked JVM begins. Not the program's own entry, so that packages need each other one way only. */
public final class Forked {
    static final String MAIN_CLASS = Forked.class.getName();

    private Forked() {}

    /** Runs one engine's turn. */
    public static void main(final String[] arguments) {
        System.exit(CommandLines.execute(arguments));
    }
}
