package org.avccdb.bench.command;

import org.avccdb.bench.engines.EngineKind;
import picocli.CommandLine.Option;

/** Which engine is measured. */
final class EngineOption {
    @Option(names = "--engine", defaultValue = "avccdb", description = "The engine (${DEFAULT-VALUE}).")
    private String engine;

    EngineKind kind() {
        return EngineKind.of(engine);
    }
}
