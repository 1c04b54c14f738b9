package org.avccdb.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.measure.JsonReader;

/** Has one engine's turn run by a JVM of its own, with this one's flags: memory and compiled code are then its own. */
final class Fork {
    private static final int UNSAFE_WARNS_FROM = 23;
    private static final int NATIVE_WARNS_FROM = 22;

    private final List<String> command = new ArrayList<>();
    private final Path answer;

    /** The arguments are those of the whole run. */
    Fork(
            final List<String> arguments,
            final String mainClass,
            final EngineKind engine,
            final int round,
            final Plan plan) {
        answer = plan.results().resolve("fork-" + engine.title() + "-" + round + ".json");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        command.addAll(List.of(
                "--dir",
                plan.databases().toString(),
                "--results",
                plan.results().toString()));
        command.addAll(List.of("--turn", engine.title() + ":" + round + ":" + answer));
    }

    /** What the jar's manifest asks for, which is not read where the jar is on the class path. */
    private static List<String> flags() {
        final List<String> flags = new ArrayList<>(List.of(
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
        if (Runtime.version().feature() >= NATIVE_WARNS_FROM) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Waits for the results. */
    List<Map<String, Object>> run() {
        try {
            final int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("the forked JVM ended with status " + status);
            }
            return read();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> read() throws IOException {
        final Map<String, Object> read = JsonReader.readObject(Files.readString(answer));
        Files.delete(answer);
        return (List<Map<String, Object>>) read.get("results");
    }
}
