package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final int GIB = 1 << 30;
    private static final long MOST = 1L << 50;
    private static final List<String> L0_TRIGGERS =
            List.of("compactionL0Trigger", "writeL0SlowdownTrigger", "writeL0PauseTrigger");

    /** The legal values of an option, and the nearest illegal ones; null where there is none. */
    private record Row(String name, Object lowest, Object highest, Object below, Object above) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(final String name, final int lowest, final int highest) {
        return new Row(name, lowest, highest, lowest - 1, highest + 1);
    }

    private static Row row(final String name, final long lowest, final long highest) {
        return new Row(name, lowest, highest, lowest - 1, highest + 1);
    }

    private static Row row(final String name, final double lowest, final double highest) {
        return new Row(name, lowest, highest, Math.nextDown(lowest), Math.nextUp(highest));
    }

    private static Row flag(final String name) {
        return new Row(name, false, true, null, null);
    }

    private static Row choice(final String name, final Object first, final Object last) {
        return new Row(name, first, last, null, null);
    }

    private static Stream<Row> rows() {
        return Stream.of(
                row("writeBufferBytes", 16 << 10, GIB - 1),
                row("maxFrozenMemtables", 1, 64),
                row("arenaPoolSize", 0, 64),
                row("blockBytes", 256, 16 << 20),
                row("blockRestartInterval", 1, 1024),
                choice("compression", Compression.NONE, Compression.ZSTD),
                row("filterBitsPerKey", 0, 64),
                row("blockCacheBytes", 0L, MOST),
                row("openFilesCacheCapacity", 0, 1 << 20),
                row("compactionTableBytes", 1 << 10, GIB),
                row("compactionTableSizeMultiplier", 1.0, 1000.0),
                row("compactionTotalBytes", 1L << 10, MOST),
                row("compactionTotalSizeMultiplier", 1.0, 1000.0),
                row("compactionL0Trigger", 1, 10_000),
                row("writeL0SlowdownTrigger", 1, 10_000),
                row("writeL0PauseTrigger", 1, 10_000),
                flag("disableSeeksCompaction"),
                row("compactionRateBytesPerSecond", 0L, MOST),
                row("maxManifestBytes", 4L << 10, (long) GIB),
                row("maxValueBytes", 0, GIB - (128 << 10)),
                flag("noWriteMerge"),
                flag("noSync"),
                flag("readOnly"),
                flag("errorIfExists"),
                flag("errorIfMissing"),
                flag("disableLargeBatchTransaction"),
                choice("versionOrder", VersionOrder.ARBITRARY, VersionOrder.MONOTONE),
                choice("authentication", Authentication.MERKLE, Authentication.NONE),
                flag("paranoidChecks"),
                row("ringSlots", 8, 1 << 20),
                choice("producerType", ProducerType.MULTI, ProducerType.SINGLE),
                choice("threadingMode", ThreadingMode.DEDICATED, ThreadingMode.INVOKER),
                new Row("invokerSeed", Long.MIN_VALUE, Long.MAX_VALUE, null, null),
                new Row(
                        "pinning",
                        Map.of(ThreadRole.WRITER, 0),
                        Map.of(ThreadRole.HASHING, 1 << 16),
                        Map.of(ThreadRole.FLUSH, -1),
                        Map.of(ThreadRole.COMPACTION, (1 << 16) + 1)),
                row("journalSegmentBytes", 16 << 10, GIB),
                row("pinnedMemoryBytes", 0L, MOST));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void holdsFromLowestToHighest(final Row row) {
        for (final Object value : Arrays.asList(row.lowest, row.highest)) {
            final Options options =
                    set(builderWithRoomFor(row.name), row.name, value).build();
            assertEquals(value, get(options, row.name));
            assertEquals(value, get(OptionText.parse(String.join("\n", OptionText.lines(options))), row.name));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesWhatIsOutOfRangeNamingOptionValueAndRange(final Row row) {
        for (final Object value : Arrays.asList(row.below, row.above)) {
            if (value != null) {
                final Options.Builder builder = set(builderWithRoomFor(row.name), row.name, value);
                final String message = assertThrows(IllegalArgumentException.class, builder::build)
                        .getMessage();
                assertTrue(message.startsWith("option " + row.name + " is "), message);
                if (value instanceof Number) {
                    assertTrue(message.contains(" is " + value + ","), message);
                    assertTrue(message.contains(String.valueOf(row.lowest)), message);
                    assertTrue(message.contains(String.valueOf(row.highest)), message);
                }
            }
        }
    }

    @Test
    void everyOptionHasARow() {
        final Set<String> rows = rows().map(Row::name).collect(Collectors.toCollection(TreeSet::new));
        final Set<String> listed = OptionTable.all().stream().map(Option::name).collect(Collectors.toSet());
        assertEquals(rows, new TreeSet<>(listed));
        final Set<String> builder = Arrays.stream(Options.Builder.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && method.getParameterCount() == 1)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        builder.removeAll(Set.of("eventListener"));
        assertEquals(rows, builder);
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        final Options options = Options.defaults();
        assertSame(Options.DEFAULT, options);
        assertEquals(32 << 20, options.writeBufferBytes());
        assertEquals(2, options.maxFrozenMemtables());
        assertEquals(3, options.arenaPoolSize());
        assertEquals(4 << 10, options.blockBytes());
        assertEquals(4, options.blockRestartInterval());
        assertEquals(Compression.LZ4, options.compression());
        assertEquals(10, options.filterBitsPerKey());
        assertEquals(256L << 20, options.blockCacheBytes());
        assertEquals(500, options.openFilesCacheCapacity());
        assertEquals(8 << 20, options.compactionTableBytes());
        assertEquals(1.0, options.compactionTableSizeMultiplier());
        assertEquals(256 << 20, options.compactionTotalBytes());
        assertEquals(10.0, options.compactionTotalSizeMultiplier());
        assertEquals(4, options.compactionL0Trigger());
        assertEquals(20, options.writeL0SlowdownTrigger());
        assertEquals(36, options.writeL0PauseTrigger());
        assertEquals(64L << 20, options.maxManifestBytes());
        assertEquals(64 << 20, options.maxValueBytes());
        assertEquals(VersionOrder.ARBITRARY, options.versionOrder());
        assertEquals(Authentication.MERKLE, options.authentication());
        assertEquals(ProducerType.MULTI, options.producerType());
        assertEquals(1024, options.ringSlots());
        assertEquals(0, options.journalSegmentBytes());
        assertEquals(Map.of(), options.pinning());
        assertSame(EventListener.NONE, options.eventListener());
        assertEquals(
                Runtime.getRuntime().availableProcessors() >= 4 ? ThreadingMode.DEDICATED : ThreadingMode.SHARED,
                options.threadingMode());
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 1000, -8, 0})
    void aRingHasAPowerOfTwoOfSlots(final int slots) {
        final Options.Builder builder = Options.builder().ringSlots(slots);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, (16 << 10) - 1})
    void aSegmentIsDerivedOrLongEnough(final int bytes) {
        final Options.Builder builder = Options.builder().journalSegmentBytes(bytes);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void multipliersAreNumbers() {
        final Options.Builder builder = Options.builder().compactionTotalSizeMultiplier(Double.NaN);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void triggersOfLevel0AreInOrder() {
        Options.builder().compactionL0Trigger(20).build();
        Options.builder().writeL0SlowdownTrigger(36).build();
        assertEquals(7, Options.builder().writeL0PauseTrigger(7).build().writeL0SlowdownTrigger());
        final String slowdown = assertThrows(
                        IllegalArgumentException.class,
                        () -> Options.builder().compactionL0Trigger(21).build())
                .getMessage();
        assertEquals(
                "option writeL0SlowdownTrigger is 20, but must be at least compactionL0Trigger, which is 21", slowdown);
        final String pause = assertThrows(
                        IllegalArgumentException.class,
                        () -> Options.builder()
                                .writeL0SlowdownTrigger(8)
                                .writeL0PauseTrigger(7)
                                .build())
                .getMessage();
        assertEquals("option writeL0PauseTrigger is 7, but must be at least writeL0SlowdownTrigger, which is 8", pause);
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> Options.builder().compression(null));
        assertThrows(NullPointerException.class, () -> Options.builder().eventListener(null));
        assertThrows(NullPointerException.class, () -> Options.builder().pinning((String) null));
        assertThrows(NullPointerException.class, () -> Options.builder().pinning((Map<ThreadRole, Integer>) null));
    }

    @Test
    void savedOptionsAreLoadedAgain(@TempDir final Path folder) {
        final Path file = folder.resolve("options.properties");
        final Options.Builder builder = builderWithRoomFor("writeL0PauseTrigger");
        rows().filter(row -> !L0_TRIGGERS.contains(row.name)).forEach(row -> set(builder, row.name, differing(row)));
        final Options options = builder.build();
        options.save(file);
        assertEquals(options, Options.load(file));
        assertNotEquals(Options.DEFAULT, options);
        Options.DEFAULT.save(file);
        assertEquals(Options.DEFAULT, Options.load(file));
    }

    private static Object differing(final Row row) {
        return get(Options.DEFAULT, row.name).equals(row.lowest) ? row.highest : row.lowest;
    }

    @Test
    void theListenerIsNotSaved(@TempDir final Path folder) {
        final Path file = folder.resolve("options.properties");
        final Options options =
                Options.builder().eventListener(new EventListener() {}).build();
        assertNotEquals(Options.DEFAULT, options);
        options.save(file);
        assertEquals(Options.DEFAULT, Options.load(file));
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestOne(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("options.properties");
        for (final String[] pair : new String[][] {
            {"blockCacheSize", "blockCacheBytes"},
            {"WRITEBUFFERBYTES", "writeBufferBytes"},
            {"nosync", "noSync"},
            {"PINNING", "pinning"},
            {"eventListener", "ringSlots"}
        }) {
            Files.writeString(file, pair[0] + " = 1\n");
            final String message = assertThrows(IllegalArgumentException.class, () -> Options.load(file))
                    .getMessage();
            assertTrue(message.contains("'" + pair[0] + "'"), message);
            assertTrue(message.startsWith(file.toString()), message);
            if (!pair[0].equals("eventListener")) {
                assertTrue(message.endsWith(pair[1]), message);
            }
        }
    }

    @Test
    void valuesAreReadAsPeopleWriteThem() {
        final Options options = OptionText.parse("""
                # comment
                ! another
                writeBufferBytes: 4 MiB
                blockBytes=8KiB
                blockCacheBytes = 3 GiB\s
                compression = none
                noSync=TRUE
                pinning = writer=2, flush = 3
                compactionTotalSizeMultiplier=8
                """);
        assertEquals(4 << 20, options.writeBufferBytes());
        assertEquals(8 << 10, options.blockBytes());
        assertEquals(3L << 30, options.blockCacheBytes());
        assertEquals(Compression.NONE, options.compression());
        assertTrue(options.noSync());
        assertEquals(Map.of(ThreadRole.WRITER, 2, ThreadRole.FLUSH, 3), options.pinning());
        assertEquals(8.0, options.compactionTotalSizeMultiplier());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writeBufferBytes=",
                "writeBufferBytes=many",
                "writeBufferBytes=1 MB",
                "writeBufferBytes=1.5 MiB",
                "writeBufferBytes=5000000000",
                "writeBufferBytes=99999999999999999999",
                "blockCacheBytes=9223372036854775807 GiB",
                "compactionTotalSizeMultiplier=ten",
                "noSync=yes",
                "compression=SNAPPY",
                "pinning=writer",
                "pinning=writer=",
                "pinning=writer=1,writer=2",
                "pinning=reader=1",
                "pinning=writer=-1",
                "writeBufferBytes=1",
                "noSync=\\u00zz"
            })
    void whatIsNoValueIsRefused(final String line) {
        final String message = assertThrows(IllegalArgumentException.class, () -> OptionText.parse(line))
                .getMessage();
        if (!line.contains("zz")) {
            assertTrue(message.contains("option " + line.substring(0, line.indexOf('='))), message);
        }
    }

    @Test
    void aFileThatIsNotThereIsAStorageException(@TempDir final Path folder) {
        final Path file = folder.resolve("none");
        assertThrows(StorageException.class, () -> Options.load(file));
        final Path unreachable = file.resolve("below");
        assertThrows(StorageException.class, () -> Options.DEFAULT.save(unreachable));
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() {
        final Options.Builder builder = Options.builder().ringSlots(8);
        final Options options = builder.build();
        builder.ringSlots(16);
        assertEquals(8, options.ringSlots());
        final Options changed = options.toBuilder().ringSlots(32).build();
        assertEquals(8, options.ringSlots());
        assertEquals(32, changed.ringSlots());
    }

    @Test
    void toBuilderTakesEverythingAlong() {
        final Options options = Options.builder()
                .noSync(true)
                .eventListener(new EventListener() {})
                .build();
        assertEquals(options, options.toBuilder().build());
    }

    @Test
    void optionsAreEqualByValueHoweverTheyWereSet() {
        final Options options = Options.builder().ringSlots(1024).build();
        assertEquals(Options.DEFAULT, options);
        assertEquals(Options.DEFAULT.hashCode(), options.hashCode());
        assertNotEquals(Options.DEFAULT, Options.builder().ringSlots(8).build());
    }

    @Test
    void coresAreGivenInSeveralWays() {
        final Map<ThreadRole, Integer> cores = Map.of(ThreadRole.HASHING, 4, ThreadRole.WRITER, 2);
        final Options options = Options.builder().pinning(cores).build();
        assertEquals(options, Options.builder().pinning("writer=2,hashing=4").build());
        assertEquals(
                options,
                Options.builder()
                        .pin(ThreadRole.HASHING, 4)
                        .pin(ThreadRole.WRITER, 2)
                        .build());
        assertTrue(options.toString().contains("pinning=writer=2,hashing=4"), options.toString());
        assertThrows(
                UnsupportedOperationException.class, () -> options.pinning().clear());
        assertEquals(Map.of(), options.toBuilder().pinning("").build().pinning());
    }

    @Test
    void deeperLevelsGrow() {
        final Options options = Options.builder()
                .compactionTableBytes(1 << 20)
                .compactionTableSizeMultiplier(2)
                .compactionTotalBytes(10 << 20)
                .compactionTotalSizeMultiplier(10)
                .build();
        assertEquals(1 << 20, options.compactionTableBytes(1));
        assertEquals(4 << 20, options.compactionTableBytes(3));
        assertEquals(10L << 20, options.compactionTotalBytes(1));
        assertEquals(1000L << 20, options.compactionTotalBytes(3));
        final Options steep = options.toBuilder()
                .compactionTableSizeMultiplier(1000)
                .compactionTotalSizeMultiplier(1000)
                .build();
        assertEquals(GIB, steep.compactionTableBytes(6));
        assertEquals(MOST, steep.compactionTotalBytes(6));
    }

    /** With the other triggers of level 0 as far away as can be. */
    private static Options.Builder builderWithRoomFor(final String name) {
        final Options.Builder builder = Options.builder();
        final int index = L0_TRIGGERS.indexOf(name);
        for (int i = 0; i < L0_TRIGGERS.size() && index >= 0; i++) {
            if (i != index) {
                set(builder, L0_TRIGGERS.get(i), i < index ? 1 : 10_000);
            }
        }
        return builder;
    }

    private static Options.Builder set(final Options.Builder builder, final String name, final Object value) {
        for (final Method method : Options.Builder.class.getMethods()) {
            if (method.getName().equals(name) && method.getParameterTypes()[0] != String.class) {
                assertSame(builder, call(method, builder, value));
                return builder;
            }
        }
        throw new AssertionError("the builder has no " + name);
    }

    private static Object get(final Options options, final String name) {
        try {
            return call(Options.class.getMethod(name), options);
        } catch (final NoSuchMethodException e) {
            throw new LinkageError("options have no " + name, e);
        }
    }

    private static Object call(final Method method, final Object target, final Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (final IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(method.toString(), e);
        }
    }

    @Test
    void toStringShowsEveryOption() {
        final String text = Options.DEFAULT.toString();
        rows().forEach(row -> assertTrue(text.contains(row.name + "="), row.name));
        assertFalse(text.contains("@"), text);
    }
}
