package org.avccdb.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The rules that {@link ArchitectureTest} applies. They take the root package as an argument, so that the same rules can
 * be applied to fixtures that break them. A rule about a package that does not exist yet passes.
 */
final class ArchitectureRules {
    private static final Set<String> RAW_MEMORY =
            Set.of("org.agrona.UnsafeApi", "sun.misc.Unsafe", "jdk.internal.misc.Unsafe");
    private static final Set<String> VIEW_HANDLES = Set.of("byteBufferViewVarHandle", "byteArrayViewVarHandle");

    /** What reads the settings of the process, as "class.method". */
    private static final Set<String> PROCESS_SETTINGS = Set.of(
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.getenv",
            "java.lang.Boolean.getBoolean",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong");

    private static final Set<String> FILES_AND_SOCKETS = Set.of(
            "java.nio.channels.FileChannel",
            "java.nio.channels.AsynchronousFileChannel",
            "java.nio.file.Files",
            "java.io.RandomAccessFile",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.ServerSocketChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.AsynchronousSocketChannel",
            "java.nio.channels.AsynchronousServerSocketChannel");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    List<ArchRule> all() {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(proofNeedsOnlyTheJdk());
        rules.add(memdbNeedsOnlyProofAndAgrona());
        rules.add(engineKnowsNothingAboveIt());
        rules.add(benchKnowsNothingAboveIt());
        rules.add(examplesUseThePublicApi());
        rules.add(chronicleUsesThePublicApi());
        rules.add(engineLayersPointDown());
        rules.add(everyEnginePackageHasALayer());
        rules.add(nothingInTheEngineUsesAvccDb());
        rules.add(noPackageCycles());
        rules.add(rawMemoryOnlyInNativeMemory());
        rules.add(noJavaSerialization());
        rules.add(processSettingsOnlyAtTheEdge());
        rules.add(filesOnlyInStorage());
        return rules;
    }

    ArchRule proofNeedsOnlyTheJdk() {
        return classes()
                .that()
                .resideInAPackage(root + ".proof..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", root + ".proof..")
                .allowEmptyShould(true);
    }

    ArchRule memdbNeedsOnlyProofAndAgrona() {
        return classes()
                .that()
                .resideInAPackage(root + ".memdb..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.agrona..", root + ".proof..", root + ".memdb..")
                .allowEmptyShould(true);
    }

    ArchRule engineKnowsNothingAboveIt() {
        return noClasses()
                .that()
                .resideInAnyPackage(root, root + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        root + ".bench..",
                        root + ".cli..",
                        root + ".examples..",
                        root + ".chronicle..",
                        root + ".stress..")
                .allowEmptyShould(true);
    }

    ArchRule benchKnowsNothingAboveIt() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".cli..", root + ".examples..", root + ".chronicle..", root + ".stress..")
                .allowEmptyShould(true);
    }

    ArchRule examplesUseThePublicApi() {
        return classes()
                .that()
                .resideInAPackage(root + ".examples..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.agrona..", "com.lmax.disruptor..", root, root + ".proof..", root + ".examples..")
                .allowEmptyShould(true);
    }

    ArchRule chronicleUsesThePublicApi() {
        return classes()
                .that()
                .resideInAPackage(root + ".chronicle..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.agrona..", "net.openhft.chronicle.bytes", root, root + ".chronicle..")
                .allowEmptyShould(true);
    }

    /** Each layer may use itself and those before it. */
    private enum Layer {
        FOUNDATION("storage memory memtable keys metrics"),
        FORMATS("journal table manifest"),
        TASKS("flush compaction roots read recovery"),
        AGENTS("ingest writer threading");

        private final String names;

        Layer(String names) {
            this.names = names;
        }

        String[] packages(String root) {
            return Arrays.stream(names.split(" "))
                    .map(name -> root + ".engine." + name + "..")
                    .toArray(String[]::new);
        }
    }

    ArchRule engineLayersPointDown() {
        Architectures.LayeredArchitecture layers = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true);
        for (Layer layer : Layer.values()) {
            layers = layers.layer(layer.name()).definedBy(layer.packages(root));
        }
        for (Layer layer : Layer.values()) {
            List<String> above = new ArrayList<>();
            for (Layer other : Layer.values()) {
                if (other.compareTo(layer) > 0) {
                    above.add(other.name());
                }
            }
            layers = above.isEmpty()
                    ? layers.whereLayer(layer.name()).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(layer.name()).mayOnlyBeAccessedByLayers(above.toArray(new String[0]));
        }
        return layers.allowEmptyShould(true);
    }

    /** Without this, a new package would escape the layers. */
    ArchRule everyEnginePackageHasALayer() {
        List<String> packages = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            packages.addAll(List.of(layer.packages(root)));
        }
        return classes()
                .that()
                .resideInAPackage(root + ".engine..")
                .should()
                .resideInAnyPackage(packages.toArray(new String[0]))
                .allowEmptyShould(true);
    }

    /** The engine shares options, errors and records with the public API, but not its front door. */
    ArchRule nothingInTheEngineUsesAvccDb() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".engine..")
                .should()
                .dependOnClassesThat(isOrIsInside(root + ".AvccDb"))
                .allowEmptyShould(true);
    }

    /**
     * The public API is one package at the top for its users, but holds the engine's vocabulary too. So each of its
     * classes counts alone, and what they use of each other does not count.
     */
    ArchRule noPackageCycles() {
        return slices().assignedFrom(new PackagesAndApiClasses(root))
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage(root), resideInAPackage(root))
                .allowEmptyShould(true);
    }

    private static final class PackagesAndApiClasses implements SliceAssignment {
        private final String api;

        PackagesAndApiClasses(String api) {
            this.api = api;
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String packageName = javaClass.getPackageName();
            if (packageName.equals(api)) {
                return SliceIdentifier.of(outermost(javaClass));
            }
            return packageName.startsWith(api + ".") ? SliceIdentifier.of(packageName) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages, and the classes of the public API,";
        }
    }

    ArchRule rawMemoryOnlyInNativeMemory() {
        return noClasses()
                .that(not(isOrIsInside(root + ".memdb.NativeMemory")))
                .should()
                .dependOnClassesThat(describe("give raw memory access", type -> RAW_MEMORY.contains(type.getName())))
                .orShould()
                .accessTargetWhere(describe(
                        "the target is a view handle of MethodHandles",
                        access -> access.getTargetOwner().isEquivalentTo(java.lang.invoke.MethodHandles.class)
                                && VIEW_HANDLES.contains(access.getTarget().getName())))
                .allowEmptyShould(true);
    }

    ArchRule noJavaSerialization() {
        // Directly: every enum and exception inherits it.
        DescribedPredicate<JavaClass> directlyImplementSerializable = describe(
                "directly implement Serializable",
                type -> type.getRawInterfaces().stream()
                        .anyMatch(i -> i.isEquivalentTo(Serializable.class) || i.isEquivalentTo(Externalizable.class)));
        return noClasses()
                .should(ArchCondition.from(directlyImplementSerializable))
                .orShould()
                .dependOnClassesThat(describe(
                        "are object streams",
                        type -> type.isAssignableTo(ObjectInputStream.class)
                                || type.isAssignableTo(ObjectOutputStream.class)))
                .allowEmptyShould(true);
    }

    ArchRule processSettingsOnlyAtTheEdge() {
        DescribedPredicate<JavaAccess<?>> readsSettings = describe(
                "the target reads properties or the environment of the process",
                access -> PROCESS_SETTINGS.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
        return noClasses()
                .that(not(isOrIsInside(root + ".Options").or(resideInAnyPackage(root + ".cli..", root + ".bench.."))))
                .should()
                .accessTargetWhere(readsSettings)
                .allowEmptyShould(true);
    }

    ArchRule filesOnlyInStorage() {
        return noClasses()
                .that()
                .resideInAnyPackage(root, root + ".proof..", root + ".memdb..", root + ".engine..")
                .and()
                .resideOutsideOfPackage(root + ".engine.storage..")
                .should()
                .dependOnClassesThat(describe(
                        "open files or sockets",
                        type -> FILES_AND_SOCKETS.contains(type.getName())
                                || type.getName().startsWith("java.io.File")))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> isOrIsInside(String name) {
        return describe("are " + name, type -> outermost(type).equals(name));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
