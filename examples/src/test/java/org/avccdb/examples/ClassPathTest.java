package org.avccdb.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks at what a program gets that depends on the engine and on nothing else, as this module does. */
class ClassPathTest {
    private static final long MOST_BYTES = 3L << 20;
    private static final List<String> OF_TESTS = List.of("junit-", "opentest4j-", "apiguardian-", "surefire");

    @Test
    void theEngineWithAllItRequiresIsSmall() throws IOException {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(jar -> OF_TESTS.stream().noneMatch(jar.getFileName().toString()::startsWith))
                .toList();
        assumeTrue(jars.stream().anyMatch(jar -> isOf(jar, "avccdb-engine")), "not packaged: run mvn verify");
        long sum = 0;
        for (Path jar : jars) {
            sum += Files.size(jar);
        }
        assertTrue(jars.stream().anyMatch(jar -> isOf(jar, "agrona")), jars::toString);
        assertTrue(sum < MOST_BYTES, sum + " bytes: " + jars);
    }

    private static boolean isOf(Path jar, String artifact) {
        return jar.getFileName().toString().startsWith(artifact);
    }
}
