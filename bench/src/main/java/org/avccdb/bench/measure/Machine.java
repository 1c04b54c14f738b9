package org.avccdb.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What everything runs on. */
public final class Machine {
    private Machine() {}

    /** Processor, memory, system, JVM, and the file system of a directory. */
    public static Map<String, Object> describe(final Path directory) {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processor", ProcFiles.field("/proc/cpuinfo", "model name"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memoryBytes", system.getTotalMemorySize());
        machine.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("fileSystem", fileSystem(directory));
        machine.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("jvmFlags", ManagementFactory.getRuntimeMXBean().getInputArguments());
        machine.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        machine.put(
                "collectors",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(java.lang.management.GarbageCollectorMXBean::getName)
                        .toList());
        machine.put("loadAverageBefore", system.getSystemLoadAverage());
        return machine;
    }

    private static String fileSystem(final Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (final IOException e) {
            return "unknown: " + e.getMessage();
        }
    }

    /** The commit that is checked out where this is run, with "-dirty" if it was changed; "unknown" without git. */
    public static String commit() {
        try {
            final Process git = new ProcessBuilder(List.of("git", "describe", "--always", "--dirty", "--abbrev=40"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !answer.isEmpty() ? answer : "unknown";
        } catch (final IOException e) {
            return "unknown";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
