package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code avccdb}: what it chooses with executables that only pretend to be Java and Maven, and once the real ones. */
class LauncherTest {
    private static final String EXPORTS = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String NATIVE = " --enable-native-access=ALL-UNNAMED";
    private static final String UNSAFE = " --sun-misc-unsafe-memory-access=allow";

    @TempDir
    private Path folder;

    private Path project;
    private Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void copyTheLauncher() throws IOException {
        project = Files.createDirectories(folder.resolve("a project")).toRealPath();
        bin = Files.createDirectories(folder.resolve("bin"));
        Path original = Repository.find().root().resolve("avccdb");
        Files.copy(original, project.resolve("avccdb"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool : List.of("dirname", "readlink", "sed", "grep")) {
            script(bin.resolve(tool), "exec " + find(tool) + " \"$@\"\n");
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", folder.toString());
    }

    private static Path find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void script(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + content);
        assertTrue(file.toFile().setExecutable(true));
    }

    /** One that says this version, and else prints its arguments. */
    private static void fakeJava(Path file, String version) throws IOException {
        script(
                file,
                "[ \"$1\" = -version ] && echo 'openjdk version \"" + version + "\" 2025-01-01' >&2 && exit 0\n"
                        + "printf '%s|' " + "\"$@\"\nexit 7\n");
    }

    private Path jar(String module) throws IOException {
        Path jar = project.resolve(module + "/target/avccdb-" + module + ".jar");
        Files.createDirectories(jar.getParent());
        return Files.writeString(jar, "");
    }

    private Outcome launch(Path launcher, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Path errors = folder.resolve("errors");
        builder.redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(errors));
    }

    private record Outcome(int status, String out, String err) {}

    private static String ran(String flags, Path jar, String... arguments) {
        return (flags.replace(' ', '|') + "|-jar|" + jar + "|" + String.join("|", arguments) + "|");
    }

    @Test
    void everyJavaGetsItsFlags() throws Exception {
        Path jar = jar("cli");
        Map<String, String> flags = Map.of(
                "17.0.15", EXPORTS,
                "21", EXPORTS,
                "22.0.1", EXPORTS + NATIVE,
                "24", EXPORTS + NATIVE + UNSAFE,
                "25-ea", EXPORTS + NATIVE + UNSAFE);
        for (Map.Entry<String, String> expected : flags.entrySet()) {
            fakeJava(bin.resolve("java"), expected.getKey());
            Outcome outcome = launch(project.resolve("avccdb"), "get", "a  b", "", "*");
            assertEquals(ran(expected.getValue(), jar, "get", "a  b", "", "*"), outcome.out(), outcome.err());
            assertEquals(7, outcome.status());
        }
    }

    @Test
    void javaHomeGoesBeforeThePath() throws Exception {
        jar("cli");
        fakeJava(bin.resolve("java"), "17");
        fakeJava(folder.resolve("home/bin/java"), "25");
        environment.put("JAVA_HOME", folder.resolve("home").toString());
        assertTrue(launch(project.resolve("avccdb"), "get").out().contains("native-access"));
        fakeJava(folder.resolve("home/bin/java"), "1.8.0_402");
        assertFalse(launch(project.resolve("avccdb"), "get").out().contains("native-access"));
    }

    /** The file spares the start of a JVM, so it is asked first. */
    @Test
    void theReleaseFileSaysWhichJavaItIs() throws Exception {
        jar("cli");
        fakeJava(folder.resolve("home/bin/java"), "17");
        Files.writeString(folder.resolve("home/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../home/bin/java"));
        assertTrue(launch(project.resolve("avccdb"), "get").out().contains("sun-misc-unsafe"));
    }

    @Test
    void whatIsTooOldIsNamedWhereNothingElseIsFound() throws Exception {
        assumeTrue(!Files.exists(Path.of("/usr/lib/jvm")), "a Java where it usually is");
        fakeJava(bin.resolve("java"), "11.0.2");
        Outcome outcome = launch(project.resolve("avccdb"), "get");
        assertEquals(4, outcome.status());
        assertTrue(
                outcome.err().contains("no Java 17 or later") && outcome.err().contains("is 11;"), outcome.err());
    }

    @Test
    void optionsOfTheJvmAreSplitButNotExpanded() throws Exception {
        Path jar = jar("cli");
        fakeJava(bin.resolve("java"), "17");
        environment.put("AVCCDB_JAVA_OPTS", "-Xmx1g -Dpattern=*");
        Files.writeString(folder.resolve("-Dpattern=a"), "");
        assertEquals(
                ran(EXPORTS + " -Xmx1g -Dpattern=*", jar, "stat", "db"),
                launch(project.resolve("avccdb"), "stat", "db").out());
    }

    @Test
    void theFirstWordChoosesTheProgram() throws Exception {
        Path cli = jar("cli");
        Path bench = jar("bench");
        fakeJava(bin.resolve("java"), "17");
        Path launcher = project.resolve("avccdb");
        assertEquals(
                ran(EXPORTS, bench, "peers", "2000"),
                launch(launcher, "bench", "peers", "2000").out());
        assertEquals(
                ran(EXPORTS, bench, "report", "x"),
                launch(launcher, "report", "x").out());
        assertEquals(
                ran(EXPORTS, bench, "trace", "x"),
                launch(launcher, "trace", "x").out());
        assertEquals(ran(EXPORTS, cli, "--help"), launch(launcher, "--help").out());
        assertEquals(
                EXPORTS.replace(' ', '|') + "|-jar|" + cli + "|",
                launch(launcher).out());
    }

    @Test
    void itIsFoundThroughLinksAndThePath() throws Exception {
        Path jar = jar("cli");
        fakeJava(bin.resolve("java"), "17");
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../a project/avccdb"));
        Path second = Files.createSymbolicLink(bin.resolve("second"), links.resolve("first"));
        assertEquals(ran(EXPORTS, jar, "get"), launch(second, "get").out());
        assertEquals(
                ran(EXPORTS, jar, "get"), launch(find("sh"), "-c", "second get").out());
        assertEquals(
                ran(EXPORTS, jar, "get"),
                launch(find("sh"), project.resolve("avccdb"), "get").out());
    }

    @Test
    void whatIsMissingIsBuiltOnce() throws Exception {
        fakeJava(bin.resolve("java"), "17");
        Path jar = project.resolve("cli/target/avccdb-cli.jar");
        script(
                bin.resolve("mvn"),
                "echo \"maven $*\"\n" + find("mkdir") + " -p cli/target\n: > cli/target/avccdb-cli.jar\n");
        Outcome first = launch(project.resolve("avccdb"), "get");
        assertEquals(ran(EXPORTS, jar, "get"), first.out(), first.err());
        assertTrue(first.err().contains("building " + jar), first.err());
        assertTrue(first.err().contains("maven -q -Dmaven.test.skip=true -pl cli -am package"), first.err());
        assertEquals("", launch(project.resolve("avccdb"), "get").err());
    }

    @Test
    void aBuildThatFailsIsSaid() throws Exception {
        fakeJava(bin.resolve("java"), "17");
        Outcome without = launch(project.resolve("avccdb"), "get");
        assertEquals(4, without.status());
        assertTrue(without.err().contains("install mvn"), without.err());
        script(bin.resolve("mvn"), "echo 'what went wrong'\nexit 1\n");
        Outcome failed = launch(project.resolve("avccdb"), "get");
        assertEquals(4, failed.status());
        assertEquals("", failed.out());
        assertTrue(failed.err().contains("what went wrong\n") && failed.err().contains("has failed"), failed.err());
    }

    @Test
    void theRealOneRuns() throws Exception {
        Path real = Repository.find().root();
        assumeTrue(Files.exists(real.resolve("cli/target/avccdb-cli.jar")), "not packaged: run mvn verify");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Path launcher = real.resolve("avccdb");
        Path db = folder.resolve("db");
        // Not ASCII, and neither locale knows of it; in a file, because the JVM of this test may not pass it on.
        Path calls = folder.resolve("calls");
        script(calls, "\"$1\" put \"$2\" schlüssel слово && \"$1\" get \"$2\" schlüssel\n");
        assertEquals(new Outcome(0, "слово\n", ""), launch(calls, launcher, db));
        assertEquals(1, launch(launcher, "get", db, "other").status());
        Outcome dump = launch(launcher, "dump", db.resolve("CURRENT"));
        assertEquals("", dump.err());
        assertTrue(dump.out().contains("# CRC32C of bytes 0 to 59 fits\n"), dump.out());
    }
}
