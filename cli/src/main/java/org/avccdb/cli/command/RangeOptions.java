package org.avccdb.cli.command;

import org.avccdb.KeyRange;
import org.avccdb.cli.io.ByteFormat;
import org.avccdb.cli.io.InputException;
import picocli.CommandLine.Option;

/** Which keys. */
final class RangeOptions {
    @Option(names = "--prefix", paramLabel = "KEY", description = "Only keys that begin so.")
    private String prefix;

    @Option(names = "--from", paramLabel = "KEY", description = "Only this key and those behind it.")
    private String from;

    @Option(names = "--to", paramLabel = "KEY", description = "Only keys before this one.")
    private String to;

    boolean isAll() {
        return prefix == null && from == null && to == null;
    }

    KeyRange range(final ByteFormat format) {
        if (prefix == null) {
            return KeyRange.of(from == null ? null : format.parse(from), to == null ? null : format.parse(to));
        }
        if (from != null || to != null) {
            throw new InputException("--prefix says the same as --from and --to do: give the one or the others");
        }
        return KeyRange.prefix(format.parse(prefix));
    }
}
