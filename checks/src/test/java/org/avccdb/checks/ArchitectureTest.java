package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String FIXTURES = "org.avccdb.checks.fixtures.";
    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.avccdb");
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURES + "broken");
    private static final JavaClasses SOUND = new ClassFileImporter().importPackages(FIXTURES + "sound");

    private static final ArchitectureRules OF_BROKEN = new ArchitectureRules(FIXTURES + "broken");

    static List<ArchRule> rulesOfTheProject() {
        return new ArchitectureRules("org.avccdb").all();
    }

    @ParameterizedTest
    @MethodSource("rulesOfTheProject")
    void holds(ArchRule rule) {
        rule.check(PROJECT);
    }

    /** An import that finds nothing would make every rule pass. */
    @Test
    void everyMainSourceIsLookedAt() {
        List<String> names = Repository.find().files().stream()
                .map(Path::toString)
                .filter(name -> name.contains("src/main/java/") && name.endsWith(".java"))
                .map(name -> name.replaceFirst(".*src/main/java/", "").replace(".java", ""))
                .map(name -> name.replace('/', '.'))
                .toList();
        assertFalse(names.isEmpty());
        for (String name : names) {
            assertTrue(PROJECT.contain(name), name);
        }
    }

    static List<ArchRule> rulesOfTheSoundFixture() {
        return new ArchitectureRules(FIXTURES + "sound").all();
    }

    @ParameterizedTest
    @MethodSource("rulesOfTheSoundFixture")
    void passesWhatIsAllowed(ArchRule rule) {
        rule.check(SOUND);
    }

    static Stream<Arguments> violations() {
        ArchitectureRules rules = OF_BROKEN;
        return Stream.of(
                Arguments.of(rules.proofNeedsOnlyTheJdk(), "ProofUsesMemdb"),
                Arguments.of(rules.memdbNeedsOnlyProofAndAgrona(), "MemdbUsesEngine"),
                Arguments.of(rules.engineKnowsNothingAboveIt(), "EngineUsesBench"),
                Arguments.of(rules.benchKnowsNothingAboveIt(), "BenchUsesCli"),
                Arguments.of(rules.engineKnowsNothingAboveIt(), "EngineUsesExamples"),
                Arguments.of(rules.benchKnowsNothingAboveIt(), "BenchUsesExamples"),
                Arguments.of(rules.examplesUseThePublicApi(), "ExampleUsesEngine"),
                Arguments.of(rules.chronicleUsesThePublicApi(), "AdapterUsesEngine"),
                Arguments.of(rules.engineKnowsNothingAboveIt(), "EngineUsesAdapter"),
                Arguments.of(rules.engineLayersPointDown(), "StorageUsesJournal.uses"),
                Arguments.of(rules.engineLayersPointDown(), "JournalUsesFlush.uses"),
                Arguments.of(rules.engineLayersPointDown(), "FlushUsesWriter.uses"),
                Arguments.of(rules.everyEnginePackageHasALayer(), "HasNoLayer"),
                Arguments.of(rules.nothingInTheEngineUsesAvccDb(), "WriterUsesAvccDb"),
                Arguments.of(rules.noPackageCycles(), "CompactionUsesRoots.uses"),
                Arguments.of(rules.noPackageCycles(), "KeysUseBatch.uses"),
                Arguments.of(rules.rawMemoryOnlyInNativeMemory(), "org.agrona.UnsafeApi.getLong"),
                Arguments.of(rules.rawMemoryOnlyInNativeMemory(), "byteArrayViewVarHandle"),
                Arguments.of(rules.rawMemoryOnlyInNativeMemory(), "byteBufferViewVarHandle"),
                Arguments.of(rules.noJavaSerialization(), "SerializableEdit"),
                Arguments.of(rules.noJavaSerialization(), "java.io.ObjectInputStream"),
                Arguments.of(rules.noJavaSerialization(), "java.io.ObjectOutputStream"),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "System.getProperty("),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "System.getProperties("),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "System.getenv("),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "Boolean.getBoolean("),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "Integer.getInteger("),
                Arguments.of(rules.processSettingsOnlyAtTheEdge(), "Long.getLong("),
                Arguments.of(rules.filesOnlyInStorage(), "java.nio.channels.FileChannel>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.nio.channels.AsynchronousFileChannel>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.io.RandomAccessFile>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.io.File>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.io.FileInputStream>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.nio.channels.SocketChannel>"),
                Arguments.of(rules.filesOnlyInStorage(), "java.nio.file.Files.exists"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void fails(ArchRule rule, String part) {
        assertReports(rule, BROKEN, part);
    }

    /** Every rule must have been seen to fail. */
    @ParameterizedTest
    @MethodSource("rulesOfTheBrokenFixture")
    void canFail(ArchRule rule) {
        assertTrue(rule.evaluate(BROKEN).hasViolation());
    }

    static List<ArchRule> rulesOfTheBrokenFixture() {
        return OF_BROKEN.all();
    }

    /** Compiled here, because the build compiles against the public API of Java 17, which has neither class. */
    @ParameterizedTest
    @MethodSource("unsafeOfTheJdk")
    void failsOnUnsafeOfTheJdk(String unsafe, @TempDir Path folder) {
        String source = "public class Peek { long peek(%s u) { return u.getLong(0L); } }".formatted(unsafe);
        RuntimeCompiler.compile("Peek", source, folder);
        assertReports(
                OF_BROKEN.rawMemoryOnlyInNativeMemory(),
                new ClassFileImporter().importPath(folder),
                unsafe + ".getLong");
    }

    static List<String> unsafeOfTheJdk() {
        return List.of("sun.misc.Unsafe", "jdk.internal.misc.Unsafe");
    }

    private static void assertReports(ArchRule rule, JavaClasses classes, String part) {
        List<String> details = rule.evaluate(classes).getFailureReport().getDetails();
        assertTrue(details.stream().anyMatch(detail -> detail.contains(part)), () -> part + " not in " + details);
    }
}
