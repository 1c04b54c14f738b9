package org.avccdb.cli.command;

import org.avccdb.Reader;
import org.avccdb.VersionedValue;
import picocli.CommandLine.Option;

/** Which version of a key; the latest, where nothing is said. */
final class VersionChoice {
    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Exactly this version; 0, as without it, asks for the latest.")
    private long exact;

    @Option(names = "--as-of", paramLabel = "N", description = "The highest version up to this one.")
    private Long asOf;

    long exact() {
        return exact;
    }

    /** Whether it was said at all. */
    boolean isGiven() {
        return asOf != null || exact != 0;
    }

    /** Null where none is asked for. */
    Long asOf() {
        return asOf;
    }

    /** The value with its version, or null. */
    VersionedValue find(final Reader reader, final byte[] key) {
        if (asOf != null) {
            return reader.getAsOf(key, asOf);
        }
        if (exact == 0) {
            return reader.getAsOf(key, Long.MAX_VALUE);
        }
        final VersionedValue highest = reader.getAsOf(key, exact);
        return highest != null && highest.version() == exact ? highest : null;
    }
}
