package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.avccdb.CorruptionException;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.junit.jupiter.api.Test;

class VersionSetTest {
    private static final long LARGE = 64 << 20;

    private final SimulatedStorage storage = new SimulatedStorage();

    private static VersionSet create(final Storage storage) {
        return VersionSet.create(storage, Samples.cache(storage), Samples.identity(), LARGE);
    }

    private static VersionSet load(final Storage storage) {
        return VersionSet.load(storage, Samples.cache(storage), LARGE);
    }

    private static VersionSet reopen(final Storage storage) {
        final VersionSet set = load(storage);
        set.openForWriting(new VersionEdit());
        return set;
    }

    /** A table with a file, of keys that no table of another number has. */
    private static TableMeta table(final Storage storage, final VersionSet set) {
        final long number = set.newNumber();
        final byte[] key = FileNames.table(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        final TableMeta meta = Samples.table(number, key, key, number, number);
        Samples.createTable(storage, meta);
        return meta;
    }

    @Test
    void aNewDatabaseIsEmptyAndThere() {
        assertEquals(Presence.ABSENT, Presence.of(storage));
        try (VersionSet set = create(storage)) {
            assertEquals(0, set.current().tables());
            assertEquals(Presence.PRESENT, Presence.of(storage));
            assertEquals(Samples.identity(), set.identity());
        }
        try (VersionSet set = load(storage)) {
            assertEquals(0, set.current().tables());
            assertEquals(Samples.identity(), set.identity());
            assertEquals(0, set.lastSequence());
            assertEquals(0, set.appliedPosition());
            assertFalse(set.isCleanlyClosed());
        }
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void everythingIsThereAfterReopening() {
        final byte[] pointer = {1, 2};
        final VersionSet set = create(storage);
        final TableMeta one = table(storage, set);
        final TableMeta two = table(storage, set);
        set.apply(new VersionEdit()
                .add(0, one)
                .add(3, two)
                .lastSequence(50)
                .flushedSequence(40)
                .highestVersion(77)
                .oldestJournal(7)
                .appliedPosition(-9)
                .segmentEnd(6, 100, 40)
                .segmentEnd(7, 200, 41)
                .segmentEnd(8, 300, 42)
                .compactionPointer(2, pointer));
        set.apply(new VersionEdit().lastSequence(45).flushedSequence(30).oldestJournal(3));
        for (int i = 0; i < 3; i++) {
            try (VersionSet again = i == 2 ? set : load(storage)) {
                assertEquals(one, again.current().level(0)[0].meta());
                assertEquals(two, again.current().level(3)[0].meta());
                assertEquals(2, again.current().tables());
                assertEquals(50, again.lastSequence());
                assertEquals(40, again.flushedSequence());
                assertEquals(77, again.highestVersion());
                assertEquals(7, again.oldestJournal());
                assertEquals(-9, again.appliedPosition());
                assertEquals(Set.of(7L, 8L), again.segmentEnds().keySet());
                assertEquals(new SegmentEnd(200, 41), again.segmentEnds().get(7L));
                assertArrayEquals(pointer, again.compactionPointer(2));
                assertNull(again.compactionPointer(1));
                if (i == 0) {
                    again.openForWriting(new VersionEdit());
                }
            }
        }
    }

    @Test
    void aMarkOfACleanCloseLastsUntilTheNextEdit() {
        final VersionSet set = create(storage);
        assertThrows(
                IllegalArgumentException.class,
                () -> set.apply(new VersionEdit().cleanClose().lastSequence(1)));
        set.apply(new VersionEdit().cleanClose());
        set.close();
        try (VersionSet again = load(storage)) {
            assertTrue(again.isCleanlyClosed());
            again.openForWriting(new VersionEdit());
        }
        try (VersionSet again = load(storage)) {
            assertFalse(again.isCleanlyClosed());
        }
    }

    @Test
    void aNewManifestBeginsWithWhatAnEditMakesOfTheState() {
        final VersionSet set = create(storage);
        final TableMeta table = table(storage, set);
        set.apply(new VersionEdit().add(0, table).oldestJournal(3).lastSequence(9));
        set.close();
        final long edits;
        try (VersionSet again = load(storage)) {
            edits = again.edits();
            for (final VersionEdit refused : List.of(
                    new VersionEdit().cleanClose(),
                    new VersionEdit().add(1, table(storage, again)),
                    new VersionEdit().remove(0, table.number()))) {
                assertThrows(IllegalArgumentException.class, () -> again.openForWriting(refused));
            }
            again.openForWriting(
                    new VersionEdit().oldestJournal(5).lastSequence(8).flushedSequence(7));
            assertEquals(5, again.oldestJournal());
        }
        try (VersionSet again = load(storage)) {
            assertEquals(edits + 1, again.edits());
            assertEquals(5, again.oldestJournal());
            assertEquals(9, again.lastSequence());
            assertEquals(7, again.flushedSequence());
            assertEquals(table, again.current().level(0)[0].meta());
        }
    }

    @Test
    void randomEditsAgreeWithAModel() {
        for (int seed = 0; seed < 30; seed++) {
            final Random random = new Random(seed);
            final SimulatedStorage disk = new SimulatedStorage();
            final long limit = random.nextBoolean() ? 1 : 3000;
            VersionSet set = VersionSet.create(disk, Samples.cache(disk), Samples.identity(), limit);
            final List<List<TableMeta>> model = new ArrayList<>();
            for (int level = 0; level < Version.LEVELS; level++) {
                model.add(new ArrayList<>());
            }
            final Set<Long> numbers = new HashSet<>();
            long sequence = 0;
            for (int step = 0; step < 60; step++) {
                final VersionEdit edit = new VersionEdit();
                for (int i = random.nextInt(3); i > 0; i--) {
                    final TableMeta meta = table(disk, set);
                    assertTrue(numbers.add(meta.number()), "seed " + seed + ": a number twice");
                    final int level = random.nextInt(Version.LEVELS);
                    edit.add(level, meta);
                    model.get(level).add(meta);
                }
                final int from = random.nextInt(Version.LEVELS);
                if (random.nextBoolean() && model.get(from).size() > 1) {
                    final TableMeta first = model.get(from).get(0);
                    if (edit.added().stream().noneMatch(added -> added.meta().equals(first))) {
                        model.get(from).remove(0);
                        edit.remove(from, first.number());
                        if (random.nextBoolean()) {
                            final int to = random.nextInt(Version.LEVELS);
                            edit.add(to, first);
                            model.get(to).add(first);
                        }
                    }
                }
                sequence += random.nextInt(10);
                edit.lastSequence(sequence);
                set.apply(edit);
                if (random.nextInt(10) == 0) {
                    if (random.nextBoolean()) {
                        set.apply(new VersionEdit().cleanClose());
                    }
                    set.close();
                    set = VersionSet.load(disk, Samples.cache(disk), limit);
                    set.openForWriting(new VersionEdit());
                    ObsoleteFiles.delete(disk, set);
                }
                check(set, model, sequence, "seed " + seed + ", step " + step);
                assertTrue(set.manifestBytes() < 12_000, "seed " + seed + ": " + set.manifestBytes());
                assertEquals(disk.length(FileNames.manifest(set.manifestNumber())), set.manifestBytes());
            }
            set.close();
            assertEquals(List.of(), disk.openFiles(), "seed " + seed);
        }
    }

    private static void check(
            final VersionSet set, final List<List<TableMeta>> model, final long sequence, final String message) {
        final Version version = set.acquire();
        for (int level = 0; level < Version.LEVELS; level++) {
            final Set<TableMeta> tables = new HashSet<>();
            for (final TableFile file : version.level(level)) {
                tables.add(file.meta());
            }
            assertEquals(new HashSet<>(model.get(level)), tables, message);
        }
        assertEquals(sequence, set.lastSequence(), message);
        version.release();
    }

    @Test
    void theManifestIsWrittenAnewWhenItIsTooLong() {
        try (VersionSet set = VersionSet.create(storage, Samples.cache(storage), Samples.identity(), 5000)) {
            final Set<Long> manifests = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                set.apply(new VersionEdit().lastSequence(i));
                manifests.add(set.manifestNumber());
                assertTrue(set.manifestBytes() < 5200);
                assertEquals(
                        1, storage.list().stream().filter(Presence::isManifest).count());
            }
            assertTrue(manifests.size() > 5 && manifests.size() < 30, manifests.toString());
        }
        try (VersionSet set = load(storage)) {
            assertEquals(999, set.lastSequence());
        }
    }

    @Test
    void numbersAreNotUsedAgain() {
        final Random random = new Random(5);
        final Set<Long> numbers = new HashSet<>();
        VersionSet set = create(storage);
        for (int i = 0; i < 300; i++) {
            assertTrue(numbers.add(set.newNumber()));
            if (random.nextInt(10) == 0) {
                set.apply(new VersionEdit().lastSequence(i));
            }
            if (random.nextInt(10) == 0) {
                if (random.nextBoolean()) {
                    set.apply(new VersionEdit().cleanClose());
                }
                set.close();
                set = reopen(storage);
                assertTrue(numbers.add(set.manifestNumber()));
            }
        }
        set.close();
    }

    @Test
    void numbersOfFilesThatNoEditKnowsAreNotUsedAgain() {
        create(storage).close();
        storage.create(FileNames.journal(70_000)).close();
        try (VersionSet set = load(storage)) {
            assertEquals(70_001, set.newNumber());
        }
        final SimulatedStorage other = new SimulatedStorage();
        other.create(FileNames.table(9)).close();
        try (VersionSet set = create(other)) {
            assertEquals(10, set.manifestNumber());
            assertEquals(11, set.newNumber());
        }
    }

    @Test
    void numbersComeCloseTogetherAfterACleanClose() {
        final VersionSet set = create(storage);
        final long before = set.newNumber();
        set.apply(new VersionEdit().cleanClose());
        set.close();
        try (VersionSet again = load(storage)) {
            assertEquals(before + 1, again.newNumber());
        }
    }

    @Test
    void removedTablesGoWithTheirLastVersion() {
        final VersionSet set = create(storage);
        final TableMeta one = table(storage, set);
        final TableMeta two = table(storage, set);
        set.apply(new VersionEdit().add(1, one).add(1, two));
        final Version kept = set.acquire();
        set.apply(new VersionEdit()
                .remove(1, one.number())
                .remove(1, two.number())
                .add(2, two));
        assertTrue(storage.exists(FileNames.table(one.number())));
        kept.release();
        assertFalse(storage.exists(FileNames.table(one.number())));
        assertTrue(storage.exists(FileNames.table(two.number())));
        set.close();
        set.close();
        assertTrue(storage.exists(FileNames.table(two.number())));
        assertThrows(IllegalStateException.class, set::acquire);
        assertThrows(IllegalStateException.class, () -> set.apply(new VersionEdit()));
    }

    @Test
    void aReadOnlyLoadWritesNothing() {
        create(storage).close();
        final long operations = storage.operations();
        try (VersionSet set = load(storage)) {
            assertThrows(IllegalStateException.class, () -> set.apply(new VersionEdit().lastSequence(1)));
        }
        assertEquals(operations, storage.operations());
    }

    @Test
    void editsThatDoNotFitChangeNothing() {
        try (VersionSet set = create(storage)) {
            final Version before = set.current();
            final long bytes = set.manifestBytes();
            assertThrows(AssertionError.class, () -> set.apply(new VersionEdit().remove(1, 5)));
            final TableMeta a = Samples.table(3, new byte[0], new byte[] {9}, 1, 2);
            final TableMeta b = Samples.table(4, new byte[] {1}, new byte[] {9}, 1, 2);
            assertThrows(
                    AssertionError.class,
                    () -> set.apply(new VersionEdit().add(1, a).add(1, b)));
            assertSame(before, set.current());
            assertEquals(bytes, set.manifestBytes());
            assertNull(set.failure());
            set.apply(new VersionEdit().lastSequence(1));
        }
    }

    @Test
    void aMissingOrShortTableIsFoundWhenLoading() {
        final VersionSet set = create(storage);
        final TableMeta meta = table(storage, set);
        set.apply(new VersionEdit().add(1, meta));
        set.close();
        final String name = FileNames.table(meta.number());
        storage.truncate(name, meta.bytes() - 1);
        assertEquals(
                name,
                assertThrows(CorruptionException.class, () -> load(storage)).file());
        storage.delete(name);
        assertEquals(
                name,
                assertThrows(CorruptionException.class, () -> load(storage)).file());
    }

    @Test
    void overlappingTablesAreFoundWhenLoading() {
        final TableMeta a = Samples.table(3, new byte[0], new byte[] {9}, 1, 2);
        final TableMeta b = Samples.table(4, new byte[] {1}, new byte[] {9}, 1, 2);
        Samples.createTable(storage, a);
        Samples.createTable(storage, b);
        try (ManifestWriter writer = new ManifestWriter(storage, 5, Samples.identity())) {
            writer.begin(new VersionEdit().add(1, a).add(1, b).nextNumber(9), 1);
        }
        CurrentFile.replace(storage, Samples.identity(), 5);
        final CorruptionException found = assertThrows(CorruptionException.class, () -> load(storage));
        assertTrue(found.getMessage().contains("overlap"), found.getMessage());
    }

    @Test
    void withoutCurrentItIsDamageAndNotAnEmptyDirectory() {
        final VersionSet set = create(storage);
        set.apply(new VersionEdit().add(1, table(storage, set)));
        set.close();
        final SimulatedStorage noManifest = storage.snapshot();
        noManifest.delete(FileNames.manifest(set.manifestNumber()));
        assertTrue(assertThrows(CorruptionException.class, () -> load(noManifest))
                .getMessage()
                .contains("AvccDb.recover"));
        storage.delete(FileNames.CURRENT);
        assertEquals(Presence.DAMAGED, Presence.of(storage));
        assertTrue(assertThrows(CorruptionException.class, () -> load(storage))
                .getMessage()
                .contains("AvccDb.recover"));
        for (final String name : List.of("000007.sst", "000007.journal", "000007.spare")) {
            final SimulatedStorage other = new SimulatedStorage();
            other.create(name).close();
            assertEquals(Presence.DAMAGED, Presence.of(other), name);
        }
        final SimulatedStorage other = new SimulatedStorage();
        other.create(FileNames.LOG).close();
        other.create(FileNames.CURRENT_NEXT).close();
        assertEquals(Presence.ABSENT, Presence.of(other));
        other.create("letter.txt").close();
        assertEquals(Presence.FOREIGN, Presence.of(other));
        assertThrows(CorruptionException.class, () -> load(other));
    }

    @Test
    void everyFlippedByteOfCurrentIsFound() {
        create(storage).close();
        for (int position = 0; position < CurrentDescriptor.LENGTH; position++) {
            storage.flipByte(FileNames.CURRENT, position, 1 << position % 8);
            assertThrows(CorruptionException.class, () -> load(storage));
            storage.flipByte(FileNames.CURRENT, position, 1 << position % 8);
        }
        for (int length = 0; length < CurrentDescriptor.LENGTH; length++) {
            final SimulatedStorage cut = storage.snapshot();
            cut.truncate(FileNames.CURRENT, length);
            assertThrows(CorruptionException.class, () -> load(cut));
        }
        load(storage).close();
    }

    @Test
    void afterAFailureNothingIsWrittenUntilReopened() {
        final Operation[] operations = {Operation.APPEND, Operation.SYNC, Operation.SYNC_DIRECTORY, Operation.FLUSH};
        for (final Operation operation : operations) {
            for (final FaultKind kind : FaultKind.values()) {
                final SimulatedStorage disk = new SimulatedStorage();
                final VersionSet set = create(disk);
                set.apply(new VersionEdit().lastSequence(1));
                final TableMeta meta = table(disk, set);
                disk.failAt(operation, null, 1, kind);
                final String message = operation + " " + kind;
                boolean thrown = false;
                try {
                    set.apply(new VersionEdit().lastSequence(2).add(1, meta));
                } catch (final StorageException e) {
                    thrown = true;
                    assertFalse(e instanceof NoSpaceException, message);
                }
                if (set.failure() == null) {
                    // Not every kind of failure goes with every operation.
                    assertFalse(thrown, message);
                    set.close();
                    continue;
                }
                // Only the seal may fail when the edit is safe already.
                assertEquals(thrown ? 1 : 2, set.lastSequence(), message);
                assertEquals(thrown ? 0 : 1, set.current().tables(), message);
                disk.clearFaults();
                final long before = disk.operations();
                final StorageException refusal = assertThrows(
                        StorageException.class, () -> set.apply(new VersionEdit().lastSequence(3)), message);
                assertSame(set.failure(), refusal.getCause());
                assertEquals(before, disk.operations(), message);
                set.close();
                assertTrue(disk.exists(FileNames.table(meta.number())), message);
                try (VersionSet again = reopen(disk)) {
                    assertTrue(again.lastSequence() == 2 || (thrown && again.lastSequence() == 1), message);
                    again.apply(new VersionEdit().lastSequence(9));
                }
                try (VersionSet again = load(disk)) {
                    assertEquals(9, again.lastSequence(), message);
                }
            }
        }
    }

    @Test
    void everyFailureOfACreationLeavesNoDatabaseOrAWholeOne() {
        for (int nth = 1; ; nth++) {
            final SimulatedStorage disk = new SimulatedStorage();
            disk.failAt(null, null, nth, FaultKind.ERROR);
            try {
                create(disk).close();
                assertTrue(nth > 8, "only " + nth + " operations");
                return;
            } catch (final StorageException e) {
                assertEquals(List.of(), disk.openFiles());
                disk.clearFaults();
                final Presence presence = Presence.of(disk);
                (presence == Presence.PRESENT ? reopen(disk) : create(disk)).close();
                assertTrue(presence == Presence.PRESENT || presence == Presence.ABSENT, "nth " + nth);
                load(disk).close();
            }
        }
    }

    @Test
    void wantOfRoomIsToldBeforeAnythingIsInDoubt() {
        try (VersionSet set = create(storage)) {
            final TableMeta meta = table(storage, set);
            final long used = storage.lengths().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            storage.limitCapacity(used + 100);
            final long operations = storage.operations();
            assertThrows(NoSpaceException.class, () -> set.apply(new VersionEdit().add(1, meta)));
            assertEquals(operations, storage.operations());
            assertNull(set.failure());
            assertEquals(0, set.current().tables());
            storage.liftCapacity();
            set.apply(new VersionEdit().add(1, meta));
            assertEquals(1, set.current().tables());
        }
    }

    @Test
    void aFreshGroupIsKeptTogether() {
        VersionSet set = create(storage);
        final long group = set.newNumber();
        final List<TableMeta> tables = new ArrayList<>();
        final VersionEdit edit = new VersionEdit();
        for (int i = 0; i < 3; i++) {
            final TableMeta meta = withOrigin(table(storage, set), new long[0], group, i == 2 ? 3 : 0);
            tables.add(meta);
            edit.add(1, meta);
        }
        set.apply(edit);
        final TableMeta merged =
                withOrigin(table(storage, set), new long[] {tables.get(0).number()}, 99, 1);
        set.apply(new VersionEdit().remove(1, tables.get(0).number()).add(2, merged));
        assertTrue(storage.exists(FileNames.table(tables.get(0).number())));
        assertArrayEquals(
                new long[] {tables.get(0).number(), merged.number()},
                set.replaced(List.of(set.current().level(2))));
        set.apply(new VersionEdit().remove(2, merged.number()));
        assertFalse(storage.exists(FileNames.table(merged.number())));
        set.apply(new VersionEdit().remove(1, tables.get(2).number()));
        assertTrue(storage.exists(FileNames.table(tables.get(0).number())));
        assertTrue(storage.exists(FileNames.table(tables.get(2).number())));
        set.apply(new VersionEdit().remove(1, tables.get(1).number()));
        for (final TableMeta meta : tables) {
            assertFalse(storage.exists(FileNames.table(meta.number())));
        }
        set.close();
    }

    private static TableMeta withOrigin(
            final TableMeta meta, final long[] replaced, final long group, final int groupSize) {
        return new TableMeta(
                meta.number(),
                meta.bytes(),
                meta.smallestKey(),
                meta.largestKey(),
                meta.records(),
                meta.keyDeletes(),
                meta.versionDeletes(),
                meta.minSequence(),
                meta.maxSequence(),
                meta.maxPutVersion(),
                meta.root(),
                new TableOrigin(1, replaced, group, groupSize));
    }

    @Test
    void levelsAreShown() {
        try (VersionSet set = create(storage)) {
            set.apply(new VersionEdit().add(2, table(storage, set)));
            final List<String> lines = set.levelsText().lines().toList();
            assertEquals(1 + Version.LEVELS, lines.size());
            assertEquals(
                    List.of("2", "1", "102", "10", "3"),
                    List.of(lines.get(3).trim().split(" +", -1)));
        }
    }
}
