package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README tells a newcomer to do. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    private final Repository repository = Repository.find();
    private final String readme = read(Path.of("README.md"));

    @TempDir
    private Path folder;

    @Test
    void theProgramRunsWithTheFlagThatIsNamed() throws Exception {
        RuntimeCompiler.compile("Example", fenced("java"), folder);
        Outcome outcome = runExample(List.of(fenced("").trim().split(" ")));
        assertEquals(0, outcome.status(), outcome.output());
        assertEquals(
                List.of("in the south", "1: in the north", "2: in the south", "swallow"),
                outcome.output().lines().toList());
    }

    @Test
    void withoutTheFlagTheDatabaseSaysWhichIsMissing() throws Exception {
        String source = "public class Example {"
                + " public static void main(String[] args) { "
                + "org.avccdb.AvccDb.open(java.nio.file.Path.of(args[0])).close(); } }";
        RuntimeCompiler.compile("Example", source, folder);
        Outcome outcome = runExample(List.of());
        assertNotEquals(0, outcome.status());
        assertTrue(outcome.output().contains(fenced("").trim()), outcome.output());
    }

    @Test
    void theFirstCommandIsWhatTheBuildServerRuns() {
        String command = commands().get(0);
        assertTrue(read(Path.of(".ci/run")).contains(command.replace("mvn ", "mvn -B -ntp ")), command);
    }

    @Test
    void theSecondCommandMeasuresBothDatabases() throws Exception {
        List<String> command = new ArrayList<>(List.of(commands().get(1).split(" ")));
        assumeTrue(Files.exists(repository.root().resolve(command.get(2))), "not packaged: run mvn verify");
        command.set(0, java());
        command.addAll(List.of("--records", "2000", "--rounds", "1", "--jitter-seconds", "0"));
        command.addAll(List.of("--sync-records", "10", "--warm-up-records", "0", "--no-fork"));
        command.addAll(List.of(
                "--dir",
                folder.toString(),
                "--results",
                folder.resolve("results").toString()));
        Outcome outcome = run(command);
        assertEquals(0, outcome.status(), outcome.output());
        assertTrue(
                outcome.output().matches("(?s).*fillrandom +avccdb .*fillrandom +rocksdb-tuned .*"), outcome.output());
    }

    @Test
    void linksLeadToFiles() {
        for (Path page : repository.files()) {
            if (page.toString().endsWith(".md")) {
                checkLinks(page);
            }
        }
    }

    private void checkLinks(Path page) {
        Matcher link = LINK.matcher(read(page));
        while (link.find()) {
            Path target = repository.root().resolve(page).resolveSibling(link.group(1));
            assertTrue(Files.exists(target), () -> page + " leads to " + target);
        }
    }

    private List<String> commands() {
        List<String> commands = fenced("sh").lines().toList();
        assertEquals(2, commands.size());
        return commands;
    }

    /** The first block of that language. */
    private String fenced(String language) {
        Matcher block = Pattern.compile("\n\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertTrue(block.find(), () -> "no block of " + language);
        return block.group(1);
    }

    private Outcome runExample(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                "Example",
                folder.resolve("database").toString()));
        return run(command);
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(repository.root().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String read(Path file) {
        try {
            return Files.readString(repository.root().resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Outcome(int status, String output) {}
}
