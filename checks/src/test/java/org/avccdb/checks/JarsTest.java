package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks into the jars that others use as libraries. */
class JarsTest {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    /** What the README says of it. */
    private static final long MOST_BYTES_OF_THE_VERIFIER = 100_000;

    private final Path root = Repository.find().root();

    private Path jar(String module, String classifier) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(root.resolve("pom.xml")));
        assertTrue(version.find());
        Path target = root.resolve(module).resolve("target");
        return target.resolve("avccdb-" + module + "-" + version.group(1) + classifier + ".jar");
    }

    @ParameterizedTest
    @CsvSource({
        "proof,org.avccdb.proof,org/avccdb/proof/ProofVerifier",
        "offheap-memdb,org.avccdb.memdb,org/avccdb/memdb/MemDb",
        "engine,org.avccdb.engine,org/avccdb/AvccDb",
        "chronicle,org.avccdb.chronicle,org/avccdb/chronicle/BytesReader"
    })
    void haveANameAsModulesAndTheirSources(String module, String name, String type) throws IOException {
        assumeTrue(Files.exists(jar(module, "")), "not packaged: run mvn verify");
        try (JarFile classes = new JarFile(jar(module, "").toFile());
                JarFile sources = new JarFile(jar(module, "-sources").toFile())) {
            assertEquals(name, classes.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
            assertNotNull(classes.getEntry(type + ".class"));
            assertNotNull(sources.getEntry(type + ".java"));
        }
    }

    @Test
    void theVerifierIsSmall() throws IOException {
        assumeTrue(Files.exists(jar("proof", "")), "not packaged: run mvn verify");
        long bytes = Files.size(jar("proof", ""));
        assertTrue(bytes < MOST_BYTES_OF_THE_VERIFIER, bytes + " bytes");
    }
}
