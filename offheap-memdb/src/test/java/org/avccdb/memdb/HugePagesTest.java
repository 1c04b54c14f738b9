package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Huge pages are asked for where the JDK can, and nothing is said or thrown where it cannot. */
class HugePagesTest {
    private static final int FOREIGN_SINCE = 22;

    /** Run in a JVM of its own, because the flag is of the whole JVM. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            new MemDb(HugePages.PAGE_BYTES).close();
            System.out.print(HugePages.isAvailable());
        }
    }

    @Test
    void withoutTheFlagAMapIsMadeAllTheSame() throws Exception {
        assertEquals("false", run(List.of()));
    }

    @Test
    void withTheFlagTheyAreAskedForOnLinux() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/sys/kernel/mm")), "only Linux has them");
        boolean possible = Runtime.version().feature() >= FOREIGN_SINCE;
        assertEquals(Boolean.toString(possible), run(List.of("--enable-native-access=ALL-UNNAMED")));
    }

    private static String run(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
