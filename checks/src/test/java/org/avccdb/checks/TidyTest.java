package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyTest {
    private static final Repository REPOSITORY = Repository.find();

    @Test
    void noTabsInJava() throws IOException {
        assertTidy(TidyTest::isJava, Tidy::tabs);
    }

    @Test
    void noTrailingWhitespace() throws IOException {
        assertTidy(TidyTest::isWrittenByHand, Tidy::trailingWhitespace);
    }

    @Test
    void filesEndWithANewline() throws IOException {
        assertTidy(TidyTest::isWrittenByHand, Tidy::noFinalNewline);
    }

    @Test
    void mainSourcesAreShort() throws IOException {
        assertTidy(TidyTest::isMainJava, Tidy::tooLong);
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertTidy(TidyTest::isWrittenByHand, Tidy::leftovers);
    }

    @Test
    void noCommentedOutCode() throws IOException {
        assertTidy(TidyTest::isJava, Tidy::commentedOutCode);
    }

    @Test
    void noPathsOfOneMachine() throws IOException {
        assertTidy(TidyTest::isWrittenByHand, Tidy::machinePaths);
    }

    @Test
    void eachCheckFindsABadSample() {
        assertEquals(List.of("line 2: tab"), Tidy.tabs("a\n\tb\n"));
        assertEquals(List.of("line 1: trailing whitespace"), Tidy.trailingWhitespace("a \nb\n"));
        assertEquals(List.of("line 1: trailing whitespace"), Tidy.trailingWhitespace("a\r\nb\n"));
        assertEquals(1, Tidy.noFinalNewline("a").size());
        assertEquals(1, Tidy.tooLong("\n".repeat(Tidy.MAX_LINES + 1)).size());
        assertEquals(1, Tidy.leftovers("// TO" + "DO later\n").size());
        assertEquals(1, Tidy.leftovers("FIX" + "ME\n").size());
        assertEquals(1, Tidy.leftovers("(XX" + "X)\n").size());
        assertEquals(1, Tidy.commentedOutCode("    // x = 1;\n").size());
        assertEquals(1, Tidy.commentedOutCode("//if (x) {\n").size());
        for (String folder : List.of("home", "work", "root", "tmp")) {
            assertEquals(1, Tidy.machinePaths("see \"/" + folder + "/x\"\n").size(), folder);
        }
    }

    @Test
    void noCheckFindsAnythingInAGoodSample() {
        String good = "// Says why.\nint x = 1; // and what for\n\"http://x/home/y\" ${dir}/tmp/x src/work/y\n";
        List<Function<String, List<String>>> checks = List.of(
                Tidy::tabs,
                Tidy::trailingWhitespace,
                Tidy::noFinalNewline,
                Tidy::tooLong,
                Tidy::leftovers,
                Tidy::commentedOutCode,
                Tidy::machinePaths);
        for (Function<String, List<String>> check : checks) {
            assertEquals(List.of(), check.apply(good));
        }
        assertEquals(List.of(), Tidy.tooLong("\n".repeat(Tidy.MAX_LINES)));
    }

    @Test
    void theProjectsFilesAreFound() {
        List<Path> files = REPOSITORY.files();
        assertTrue(files.contains(Path.of("pom.xml")));
        assertTrue(files.contains(Path.of("proof/src/main/java/org/avccdb/proof/package-info.java")));
    }

    @Test
    void withoutGitWhatTheBuildMakesIsLeftOut(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("a/target/classes"));
        Files.createFile(folder.resolve("a/target/classes/B.java"));
        Files.createFile(folder.resolve("a/C.java"));
        assertEquals(List.of(Path.of("a/C.java")), new Repository(folder).files());
    }

    /** What a benchmark wrote is kept as it is. */
    private static boolean isWrittenByHand(Path file) {
        return !file.startsWith("perf-reports") || file.toString().endsWith(".md");
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isMainJava(Path file) {
        return isJava(file) && file.toString().contains("src/main/java/");
    }

    private static void assertTidy(Predicate<Path> which, Function<String, List<String>> check) throws IOException {
        List<String> problems = new ArrayList<>();
        int looked = 0;
        for (Path file : REPOSITORY.files()) {
            byte[] bytes = Files.readAllBytes(REPOSITORY.root().resolve(file));
            if (!which.test(file) || isBinary(bytes)) {
                continue;
            }
            looked++;
            for (String problem : check.apply(new String(bytes, StandardCharsets.UTF_8))) {
                problems.add(file + ": " + problem);
            }
        }
        assertFalse(looked == 0, "no file was looked at");
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

    private static boolean isBinary(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
