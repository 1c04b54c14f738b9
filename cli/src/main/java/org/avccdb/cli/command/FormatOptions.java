package org.avccdb.cli.command;

import org.avccdb.cli.io.ByteFormat;
import picocli.CommandLine.Option;

/** How keys and values are written. */
final class FormatOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How keys and values are written: ${COMPLETION-CANDIDATES}.")
    private ByteFormat both;

    @Option(names = "--key-format", paramLabel = "FORMAT", description = "The same for keys alone.")
    private ByteFormat keys;

    @Option(names = "--value-format", paramLabel = "FORMAT", description = "The same for values alone.")
    private ByteFormat values;

    ByteFormat keys() {
        return keys == null ? both : keys;
    }

    ByteFormat values() {
        return values == null ? both : values;
    }
}
