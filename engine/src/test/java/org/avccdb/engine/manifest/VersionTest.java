package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

class VersionTest {
    private final List<TableFile> unused = new ArrayList<>();
    private final TableCache cache = new TableCache(new SimulatedStorage(), null, 10, false, unused::add);

    private Version version(final VersionEdit edit) {
        final LevelsBuilder builder = new LevelsBuilder(cache, null);
        assertNull(builder.apply(edit));
        final LevelsBuilder.Result result = builder.build();
        assertNull(result.problem());
        return result.version();
    }

    private String problem(final VersionEdit edit) {
        final LevelsBuilder builder = new LevelsBuilder(cache, null);
        assertNull(builder.apply(edit));
        final LevelsBuilder.Result result = builder.build();
        assertEquals(result.version() == null, result.problem() != null);
        if (result.version() != null) {
            result.version().release();
        }
        return result.problem();
    }

    private static byte[] key(final String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static TableMeta table(
            final long number, final String smallest, final String largest, final long min, final long max) {
        return Samples.table(number, key(smallest), key(largest), min, max);
    }

    private static List<Long> numbers(final List<TableFile> tables) {
        return tables.stream().map(table -> table.meta().number()).collect(Collectors.toList());
    }

    @Test
    void findAgreesWithALinearSearch() {
        for (int seed = 0; seed < 300; seed++) {
            final Random random = new Random(seed);
            final TreeSet<byte[]> bounds = new TreeSet<>(Arrays::compareUnsigned);
            for (int i = random.nextInt(40); i >= 0; i--) {
                bounds.add(Samples.key(random, 14));
            }
            final List<TableMeta> metas = new ArrayList<>();
            for (final var left = new ArrayList<>(bounds); !left.isEmpty(); ) {
                final byte[] smallest = left.remove(0);
                final byte[] largest = left.isEmpty() || random.nextBoolean() ? smallest : left.remove(0);
                metas.add(Samples.table(metas.size() + 1, smallest, largest, 1, 9));
            }
            final List<TableMeta> shuffled = new ArrayList<>(metas);
            Collections.shuffle(shuffled, random);
            final VersionEdit edit = new VersionEdit();
            shuffled.forEach(meta -> edit.add(3, meta));
            final Version version = version(edit);
            assertEquals(
                    metas.stream().map(TableMeta::number).collect(Collectors.toList()),
                    numbers(Arrays.asList(version.level(3))),
                    "seed " + seed);
            for (int i = 0; i < 100; i++) {
                check(version, metas, Samples.key(random, 15), random.nextInt(3), "seed " + seed);
            }
            for (final byte[] bound : bounds) {
                check(version, metas, bound, random.nextInt(3), "seed " + seed);
            }
            checkOverlapping(version, metas, random, "seed " + seed);
            version.release();
        }
    }

    private static void check(
            final Version version,
            final List<TableMeta> metas,
            final byte[] key,
            final int offset,
            final String message) {
        final byte[] shifted = new byte[offset + key.length + 9];
        Arrays.fill(shifted, (byte) 0x77);
        System.arraycopy(key, 0, shifted, offset, key.length);
        final UnsafeBuffer buffer = new UnsafeBuffer(shifted);
        int expected = 0;
        while (expected < metas.size()
                && Arrays.compareUnsigned(metas.get(expected).largestKey(), key) < 0) {
            expected++;
        }
        assertEquals(expected, version.find(3, buffer, offset, key.length), message);
        for (int i = 0; i < metas.size(); i++) {
            final boolean covered = Arrays.compareUnsigned(metas.get(i).smallestKey(), key) <= 0
                    && Arrays.compareUnsigned(metas.get(i).largestKey(), key) >= 0;
            assertEquals(covered, version.covers(3, i, buffer, offset, key.length), message);
        }
    }

    private static void checkOverlapping(
            final Version version, final List<TableMeta> metas, final Random random, final String message) {
        for (int i = 0; i < 30; i++) {
            final byte[] from = random.nextInt(5) == 0 ? null : Samples.key(random, 15);
            final byte[] to = random.nextInt(5) == 0 ? null : Samples.key(random, 15);
            final List<Long> expected = metas.stream()
                    .filter(meta -> from == null || Arrays.compareUnsigned(meta.largestKey(), from) >= 0)
                    .filter(meta -> to == null || Arrays.compareUnsigned(meta.smallestKey(), to) <= 0)
                    .map(TableMeta::number)
                    .collect(Collectors.toList());
            assertEquals(expected, numbers(version.overlapping(3, from, to)), message);
        }
        assertTrue(version.overlapping(2, null, null).isEmpty());
    }

    @Test
    void levelZeroIsNewestFirst() {
        final Version version = version(new VersionEdit()
                .add(0, table(5, "a", "z", 10, 19))
                .add(0, table(9, "a", "z", 1, 9))
                .add(0, table(7, "c", "d", 20, 20)));
        assertEquals(List.of(7L, 5L, 9L), numbers(Arrays.asList(version.level(0))));
        assertEquals(List.of(7L, 5L, 9L), numbers(version.overlapping(0, key("c"), key("c"))));
        assertEquals(List.of(5L, 9L), numbers(version.overlapping(0, key("e"), null)));
        version.release();
    }

    @Test
    void tablesOfLevelZeroMayShareKeysOrSequencesButNotBoth() {
        final TableMeta base = table(1, "d", "m", 10, 20);
        assertNull(problem(new VersionEdit().add(0, base).add(0, table(2, "a", "z", 21, 30))));
        assertNull(problem(new VersionEdit().add(0, base).add(0, table(2, "a", "z", 1, 9))));
        assertNull(problem(new VersionEdit().add(0, base).add(0, table(2, "n", "z", 10, 20))));
        assertNull(problem(new VersionEdit().add(0, base).add(0, table(2, "a", "c", 15, 15))));
        for (final TableMeta bad : List.of(
                table(2, "m", "z", 20, 30),
                table(2, "a", "d", 1, 10),
                table(2, "e", "f", 12, 13),
                table(2, "a", "z", 1, 90))) {
            for (final TableMeta other : List.of(table(3, "n", "o", 15, 16), table(3, "n", "o", 100, 200))) {
                final String problem =
                        problem(new VersionEdit().add(0, base).add(0, bad).add(0, other));
                assertTrue(problem != null && problem.contains("overlap"), bad + " was let through");
            }
        }
    }

    @Test
    void tablesOfOtherLevelsShareNoKeys() {
        final TableMeta base = table(1, "d", "m", 10, 20);
        for (int level = 1; level < Version.LEVELS; level++) {
            assertNull(problem(new VersionEdit()
                    .add(level, base)
                    .add(level, table(2, "ma", "z", 1, 99))
                    .add(level, table(3, "", "cz", 1, 99))));
            for (final TableMeta bad : List.of(
                    table(2, "m", "z", 30, 40),
                    table(2, "a", "d", 1, 2),
                    table(2, "e", "f", 1, 2),
                    table(2, "a", "z", 1, 2))) {
                assertTrue(problem(new VersionEdit().add(level, bad).add(level, base)) != null);
            }
        }
    }

    @Test
    void numbersOfALevelAreAddedUp() {
        final Version version =
                version(new VersionEdit().add(2, table(5, "a", "b", 10, 19)).add(2, table(9, "c", "d", 1, 9)));
        assertEquals(214, version.bytes(2));
        assertEquals(20, version.records(2));
        assertEquals(4, version.keyDeletes(2));
        assertEquals(2, version.versionDeletes(2));
        assertEquals(7, version.maxPutVersion(2));
        assertEquals(0, version.maxPutVersion(1));
        assertEquals(2, version.tables());
        version.release();
    }

    @Test
    void tablesAreKeptAsLongAsAVersionHasThem() {
        final Version first = version(new VersionEdit()
                .add(1, table(1, "a", "b", 1, 2))
                .add(2, table(2, "a", "b", 1, 2))
                .add(2, table(3, "c", "d", 1, 2)));
        final LevelsBuilder builder = new LevelsBuilder(cache, first);
        assertNull(builder.apply(new VersionEdit()
                .remove(1, 1)
                .remove(2, 2)
                .add(3, first.level(2)[0].meta())
                .add(4, table(4, "a", "b", 1, 2))));
        final Version second = builder.build().version();
        assertTrue(second.level(3)[0] == first.level(2)[0], "a table that moves stays the same");
        assertEquals(2, second.level(3)[0].references());
        assertEquals(1, second.level(4)[0].references());
        first.retain();
        first.release();
        assertTrue(unused.isEmpty());
        first.release();
        assertEquals(List.of(1L), numbers(unused));
        assertFalse(first.tryRetain());
        assertThrows(IllegalStateException.class, first::retain);
        assertThrows(IllegalStateException.class, first::release);
        second.release();
        Collections.sort(
                unused, java.util.Comparator.comparing(table -> table.meta().number()));
        assertEquals(List.of(1L, 2L, 3L, 4L), numbers(unused));
    }

    @Test
    void editsThatDoNotFitAreRefused() {
        final Version base = version(new VersionEdit().add(1, table(1, "a", "b", 1, 2)));
        for (final VersionEdit bad : List.of(
                new VersionEdit().remove(2, 1),
                new VersionEdit().remove(1, 2),
                new VersionEdit().remove(1, 1).remove(1, 1),
                new VersionEdit().add(2, table(1, "a", "b", 1, 2)),
                new VersionEdit().add(2, table(7, "a", "b", 1, 2)).add(3, table(7, "a", "b", 1, 2)),
                new VersionEdit().remove(1, 1).add(2, table(1, "a", "c", 1, 2)))) {
            assertTrue(new LevelsBuilder(cache, base).apply(bad) != null, bad.toString());
        }
        assertNull(new LevelsBuilder(cache, base)
                .apply(new VersionEdit().remove(1, 1).add(2, table(1, "a", "b", 1, 2))));
        base.release();
    }
}
