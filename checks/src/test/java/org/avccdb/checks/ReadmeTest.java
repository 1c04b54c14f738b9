package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.avccdb.bench.measure.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README tells a newcomer to do, and all of it. */
class ReadmeTest {
    private static final Pattern FIGURE = Pattern.compile("[0-9]([0-9,.]*[0-9])?");

    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MICRO = 1e3;
    private static final double MOST_ROUNDED = 0.02;

    private final Repository repository = Repository.find();
    private final Page readme = page("README.md");
    private final Page chinese = page("README.zh-CN.md");

    @TempDir
    private Path folder;

    private Page page(String name) {
        return Page.read(repository.root().resolve(name));
    }

    /** Each test below takes care of one language. */
    @Test
    void everySnippetIsOfAKindThatIsTried() {
        for (Page.Block block : readme.blocks()) {
            assertTrue(List.of("java", "xml", "sh", "").contains(block.language()), block.language());
        }
    }

    @Test
    void theProgramRunsWithTheFlagThatIsNamed() throws Exception {
        RuntimeCompiler.compile("Example", readme.block("java"), folder);
        Outcome outcome = runExample(List.of(readme.block("").trim().split(" ")));
        assertEquals(0, outcome.status(), outcome.output());
        assertEquals(
                List.of("in the south", "in the north"),
                outcome.output().lines().toList());
    }

    @Test
    void withoutTheFlagTheDatabaseSaysWhichIsMissing() throws Exception {
        String source = "public class Example {"
                + " public static void main(String[] args) { "
                + "org.avccdb.AvccDb.open(java.nio.file.Path.of(\"none\")).close(); } }";
        RuntimeCompiler.compile("Example", source, folder);
        Outcome outcome = runExample(List.of());
        assertNotEquals(0, outcome.status());
        assertTrue(outcome.output().contains(readme.block("").trim()), outcome.output());
    }

    @Test
    void theDependencyIsWhatTheEngineIsCalled() {
        String pom = page("engine/pom.xml").text();
        for (String line : readme.block("xml").lines().toList()) {
            if (!line.contains("dependency>")) {
                assertTrue(pom.contains(line.strip() + "\n"), line);
            }
        }
    }

    @Test
    void theCommandsRun() throws Exception {
        assumeTrue(isPackaged("bench") && isPackaged("cli"), "not packaged: run mvn verify");
        Path launcher = folder.resolve("avccdb");
        Files.writeString(launcher, "#!/bin/sh\nexec '" + repository.root().resolve("avccdb") + "' \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        Map<String, String> expected = Map.of(
                "./avccdb bench", "(?s).*fillrandom +avccdb .*fillrandom +rocksdb-tuned .*scan +lmdb .*",
                "./avccdb report", "report: .*report.html\n",
                "./avccdb get", "in the north\n",
                "./avccdb history", "1\tin the north\n2\tin the south\n",
                "./avccdb prove", "[0-9a-f]{64}\n",
                "./avccdb verify-proof", "in the south\n",
                "./avccdb unload", "",
                "./avccdb check", "sound: .* 2 records, .*\n");
        List<String> looked = new ArrayList<>();
        for (Page.Block block : readme.blocks()) {
            if (block.language().equals("sh")) {
                for (String command : block.content().lines().toList()) {
                    Outcome outcome = run(List.of("sh", "-c", command));
                    assertEquals(0, outcome.status(), command + "\n" + outcome.output());
                    String program = command.replaceFirst("^(\\S+ \\S+).*", "$1");
                    assertTrue(
                            outcome.output().matches(expected.getOrDefault(program, "")),
                            command + "\n" + outcome.output());
                    looked.add(program);
                }
            }
        }
        assertTrue(looked.containsAll(expected.keySet()), looked::toString);
        assertTrue(Files.exists(folder.resolve("results/first/run.json")));
    }

    private boolean isPackaged(String module) {
        return Files.exists(repository.root().resolve(module + "/target/avccdb-" + module + ".jar"));
    }

    /** All rows of figures; their sources are the reports, so that none can be made up or grow old here. */
    @Test
    void figuresAreThoseOfTheReport() {
        List<String> reported = new ArrayList<>();
        page("perf-reports/engine/README.md").rows().forEach(row -> reported.add(figures(row)));
        List<List<String>> rows =
                readme.rows().stream().filter(ReadmeTest::isMeasured).toList();
        assertFalse(rows.isEmpty());
        for (List<String> row : rows) {
            assertTrue(reported.contains(figures(row)), row::toString);
        }
    }

    /** What stands beside the figures of another project is of the run that is kept, rounded. */
    @Test
    void figuresOfTheJobAreThoseOfTheKeptRun() throws IOException {
        Map<String, Object> run =
                JsonReader.readObject(Files.readString(repository.root().resolve("perf-reports/job/run.json")));
        double records = number(run, "settings", "keys") * number(run, "settings", "versions");
        Object fill = result(run, "fillversions");
        double before = number(result(run, "proofs before compaction"), "latency", "prove latest", "service", "mean");
        double after = number(result(run, "proofs after compaction"), "latency", "prove latest", "service", "mean");
        double walk = number(result(run, "iteration"), "latency", "all versions", "service", "mean");
        assertRounded("records written a second", number(fill, "recordsPerSecond"));
        assertRounded("a write, p99.9", number(fill, "latency", "put", "service", "p99.9") / NANOS_A_MICRO);
        assertRounded("making a proof, on average", after / NANOS_A_MICRO, before / NANOS_A_MICRO);
        assertRounded("proofs a second", NANOS_A_SECOND / before, NANOS_A_SECOND / after);
        assertRounded("versions walked over a second", records * NANOS_A_SECOND / walk);
    }

    private static Object result(Map<String, Object> run, String workload) {
        return ((List<?>) run.get("results"))
                .stream()
                        .filter(result -> ((Map<?, ?>) result).get("workload").equals(workload))
                        .findFirst()
                        .orElseThrow();
    }

    private static double number(Object map, String... path) {
        Object value = map;
        for (String name : path) {
            value = ((Map<?, ?>) value).get(name);
        }
        return ((Number) value).doubleValue();
    }

    private void assertRounded(String row, double... measured) {
        List<Double> shown = readme.rows().stream()
                .filter(cells -> cells.get(0).equals(row))
                .flatMap(cells -> numbers(cells.get(1)).stream())
                .map(figure -> Double.valueOf(figure.replace(",", "")))
                .toList();
        assertEquals(measured.length, shown.size(), row);
        for (int i = 0; i < measured.length; i++) {
            assertEquals(measured[i], shown.get(i), measured[i] * MOST_ROUNDED, row);
        }
    }

    private static List<String> numbers(String text) {
        return FIGURE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static boolean isMeasured(List<String> row) {
        return row.size() > 2
                && row.subList(1, row.size()).stream()
                        .allMatch(cell -> FIGURE.matcher(cell).matches());
    }

    private static String figures(List<String> row) {
        return String.join(" ", row.subList(1, row.size()));
    }

    @Test
    void theChinesePageShowsTheSame() {
        assertEquals(readme.blocks(), chinese.blocks());
        assertEquals(shape(readme), shape(chinese));
        List<Path> others = List.of(
                readme.file().resolveSibling("README.md"), chinese.file().resolveSibling("README.zh-CN.md"));
        List<Path> links = new ArrayList<>(readme.links());
        List<Path> linksOfChinese = new ArrayList<>(chinese.links());
        links.removeAll(others);
        linksOfChinese.removeAll(others);
        assertEquals(links, linksOfChinese);
    }

    /** What does not depend on the language: how many cells each row has, its figures, and what is set as code. */
    private static List<String> shape(Page page) {
        Pattern code = Pattern.compile("`[^`]+`");
        List<String> shape = new ArrayList<>();
        for (List<String> row : page.rows()) {
            StringBuilder line = new StringBuilder().append(row.size());
            code.matcher(String.join("|", row))
                    .results()
                    .map(found -> found.group())
                    .sorted()
                    .forEach(line::append);
            row.subList(1, row.size()).forEach(cell -> line.append(numbers(cell)));
            shape.add(line.toString());
        }
        return shape;
    }

    @Test
    void linksLeadToFiles() {
        for (Path file : repository.files()) {
            if (file.toString().endsWith(".md")) {
                Page page = page(file.toString());
                page.links().forEach(target -> assertTrue(Files.exists(target), () -> file + " leads to " + target));
            }
        }
    }

    private Outcome runExample(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(
                List.of("-cp", folder + java.io.File.pathSeparator + System.getProperty("java.class.path"), "Example"));
        return run(command);
    }

    /** In a folder of its own; what it says is in the outcome where it fails. */
    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return new Outcome(status, status == 0 ? output : output + Files.readString(errors));
    }

    private record Outcome(int status, String output) {}
}
