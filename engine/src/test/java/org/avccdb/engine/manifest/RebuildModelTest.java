package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.junit.jupiter.api.Test;

/**
 * Flushes, writes that go to tables directly, compactions, moves, readers that keep old versions, crashes and power cuts,
 * over a model of what is in each table. At every moment the manifest may be lost, and what is rebuilt must say the same of
 * every key as the database.
 */
class RebuildModelTest {
    private static final int KEYS = 12;
    private static final List<CrashKind> KINDS = List.of(CrashKind.values());

    /** A put or a delete of a key. */
    private record Entry(int key, long sequence, boolean delete) {}

    @Test
    void whatIsRebuiltIsWhatWasThere() {
        int left = 0;
        for (int seed = 0; seed < 150; seed++) {
            final Model model = new Model(seed);
            for (int step = 0; step < 80; step++) {
                model.step();
            }
            model.crash();
            left += model.leftOut;
        }
        assertTrue(left > 1000, "hardly ever was there anything to leave out: " + left);
    }

    private static final class Model {
        private final long seed;
        private final Random random;
        private final SimulatedStorage storage = new SimulatedStorage();
        private final TableCache cache = new TableCache(storage, null, 1000, false, file -> {
            file.dispose();
            check();
        });
        private final Map<Long, TableMeta> metas = new HashMap<>();
        private final Map<Long, List<Entry>> contents = new HashMap<>();
        /** All that is committed, by key; deletes too. */
        private Map<Integer, Entry> truth = new TreeMap<>();
        /** That with the write that is under way, if it is. */
        private Map<Integer, Entry> possible = truth;

        private final List<Version> pinned = new ArrayList<>();
        private VersionSet set;
        private long lastSequence;
        private int leftOut;

        Model(final long seed) {
            this.seed = seed;
            random = new Random(seed);
            set = VersionSet.create(storage, cache, Samples.identity(), 1 << 20);
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> write(1);
                case 3, 4 -> write(2 + random.nextInt(3));
                case 5 -> move();
                case 6 -> pin();
                case 7 -> {
                    if (random.nextInt(3) == 0) {
                        crash();
                    }
                }
                default -> compact();
            }
            check();
        }

        private void pin() {
            if (pinned.size() < 3) {
                pinned.add(set.acquire());
            } else {
                pinned.remove(random.nextInt(pinned.size())).release();
            }
        }

        /** One table: a flush. Several: a write that goes to tables directly. */
        private void write(final int tables) {
            final List<Entry> entries = new ArrayList<>();
            final Set<Integer> keys = new TreeSet<>();
            while (keys.size() < tables || random.nextInt(3) > 0) {
                keys.add(random.nextInt(KEYS));
            }
            long sequence = lastSequence;
            for (final int key : keys) {
                entries.add(new Entry(key, ++sequence, random.nextInt(3) == 0));
            }
            final Map<Integer, Entry> after = new TreeMap<>(truth);
            entries.forEach(entry -> after.put(entry.key(), entry));
            possible = after;
            final VersionEdit edit = output(0, entries, tables, new long[0]);
            if (edit == null) {
                return;
            }
            set.apply(edit);
            truth = after;
            lastSequence = sequence;
        }

        /** Writes tables, or crashes meanwhile and gives null. */
        private VersionEdit output(
                final int level, final List<Entry> entries, final int tables, final long[] replaced) {
            final VersionEdit edit = new VersionEdit();
            long group = 0;
            for (int i = 0; i < tables; i++) {
                final int from = entries.size() * i / tables;
                final int to = entries.size() * (i + 1) / tables;
                final long number = set.newNumber();
                group = i == 0 ? number : group;
                final TableOrigin origin = new TableOrigin(level, replaced, group, i == tables - 1 ? tables : 0);
                edit.add(level, table(number, entries.subList(from, to), origin));
                check();
                if (random.nextInt(15) == 0) {
                    crash();
                    return null;
                }
            }
            return edit;
        }

        private TableMeta table(final long number, final List<Entry> entries, final TableOrigin origin) {
            final TableMeta meta = new TableMeta(
                    number,
                    64,
                    new byte[] {(byte) entries.get(0).key()},
                    new byte[] {(byte) entries.get(entries.size() - 1).key()},
                    entries.size(),
                    entries.stream().filter(Entry::delete).count(),
                    0,
                    entries.stream().mapToLong(Entry::sequence).min().orElseThrow(),
                    entries.stream().mapToLong(Entry::sequence).max().orElseThrow(),
                    0,
                    null,
                    origin);
            metas.put(number, meta);
            contents.put(number, List.copyOf(entries));
            try (AppendFile file = storage.create(FileNames.table(number))) {
                file.append(new UnsafeBuffer(bytes(number)), 0, 64);
                file.sync();
            }
            return meta;
        }

        private static byte[] bytes(final long number) {
            final byte[] bytes = new byte[64];
            Arrays.fill(bytes, (byte) (1 + number % 200));
            return bytes;
        }

        private void move() {
            final Version version = set.current();
            final int level = random.nextInt(3);
            final List<TableFile> inputs = inputs(version, level);
            if (inputs.size() == 1) {
                final TableMeta meta = inputs.get(0).meta();
                set.apply(new VersionEdit().remove(level, meta.number()).add(level + 1, meta));
            }
        }

        private void compact() {
            final Version version = set.current();
            final int level = random.nextInt(3);
            final List<TableFile> inputs = inputs(version, level);
            if (inputs.isEmpty()) {
                return;
            }
            final Map<Integer, Entry> newest =
                    merge(inputs.stream().map(TableFile::meta).toList());
            final List<Entry> kept = new ArrayList<>(newest.values());
            kept.removeIf(entry -> entry.delete() && isBottom(version, level + 2, entry.key()));
            if (kept.isEmpty()) {
                kept.add(newest.values().stream().findFirst().orElseThrow()); // Never nothing: see the class's comment.
            }
            final int tables = 1 + random.nextInt(Math.min(3, kept.size()));
            final VersionEdit edit = output(level + 1, kept, tables, set.replaced(inputs));
            if (edit != null) {
                final Set<Long> upper = new HashSet<>();
                Arrays.stream(version.level(level))
                        .forEach(table -> upper.add(table.meta().number()));
                for (final TableFile input : inputs) {
                    final long number = input.meta().number();
                    edit.remove(upper.contains(number) ? level : level + 1, number);
                }
                set.apply(edit);
            }
        }

        private static boolean isBottom(final Version version, final int from, final int key) {
            final byte[] bytes = {(byte) key};
            for (int level = from; level < Version.LEVELS; level++) {
                if (!version.overlapping(level, bytes, bytes).isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        /** A table, all older ones of level 0 that share keys with the inputs, and those of the next level that do. */
        private List<TableFile> inputs(final Version version, final int level) {
            final TableFile[] tables = version.level(level);
            if (tables.length == 0) {
                return List.of();
            }
            final List<TableFile> inputs = new ArrayList<>();
            final int first = random.nextInt(tables.length);
            inputs.add(tables[first]);
            for (int i = first + 1; level == 0 && i < tables.length; i++) {
                if (version.overlapping(0, smallest(inputs), largest(inputs)).contains(tables[i])) {
                    inputs.add(tables[i]);
                }
            }
            if (level == 0) {
                // What was passed over may share keys with what came later.
                final Set<TableFile> older = new HashSet<>(Arrays.asList(tables).subList(first, tables.length));
                older.retainAll(version.overlapping(0, smallest(inputs), largest(inputs)));
                if (older.size() != inputs.size()) {
                    return List.of();
                }
            }
            inputs.addAll(version.overlapping(level + 1, smallest(inputs), largest(inputs)));
            return inputs;
        }

        private static byte[] smallest(final List<TableFile> tables) {
            return tables.stream()
                    .map(table -> table.meta().smallestKey())
                    .min(Arrays::compareUnsigned)
                    .orElseThrow();
        }

        private static byte[] largest(final List<TableFile> tables) {
            return tables.stream()
                    .map(table -> table.meta().largestKey())
                    .max(Arrays::compareUnsigned)
                    .orElseThrow();
        }

        /** The process dies; what it left is opened again. Uncommitted sequence numbers are used again. */
        void crash() {
            check();
            pinned.clear();
            set.close();
            set = VersionSet.load(storage, cache, 1 << 20);
            set.openForWriting(new VersionEdit());
            storage.onOperation((number, operation) -> check());
            ObsoleteFiles.delete(storage, set, number -> {
                if (!isReadable(storage, number)) {
                    throw new CorruptionException(FileNames.table(number), -1, "torn");
                }
                return metas.get(number);
            });
            storage.onOperation(null);
            possible = truth;
        }

        private Map<Integer, Entry> merge(final Collection<TableMeta> tables) {
            final Map<Integer, Entry> newest = new TreeMap<>();
            for (final TableMeta meta : tables) {
                for (final Entry entry : contents.get(meta.number())) {
                    newest.merge(entry.key(), entry, (a, b) -> a.sequence() > b.sequence() ? a : b);
                }
            }
            return newest;
        }

        private static Map<Integer, Entry> live(final Map<Integer, Entry> entries) {
            final Map<Integer, Entry> live = new TreeMap<>(entries);
            live.values().removeIf(Entry::delete);
            return live;
        }

        private void check() {
            check(storage, "now");
            if (random.nextInt(4) == 0) {
                final CrashKind kind = KINDS.get(random.nextInt(KINDS.size()));
                check(storage.crash(kind, random.nextLong()), kind.name());
            }
        }

        private void check(final SimulatedStorage image, final String when) {
            final List<TableMeta> readable = new ArrayList<>();
            for (final String name : image.list()) {
                final long number = FileNames.number(name);
                if (FileNames.type(name) == FileType.TABLE && isReadable(image, number)) {
                    readable.add(metas.get(number));
                }
            }
            final ManifestRebuild rebuild = ManifestRebuild.of(readable);
            leftOut += rebuild.leftOut().size();
            final Map<Integer, Entry> found = live(merge(rebuild.survivors()));
            if (!found.equals(live(possible))) {
                assertEquals(
                        live(truth),
                        found,
                        () -> "seed " + seed + ", " + when + "; readable: " + readable + "; left out: "
                                + rebuild.leftOut());
            }
        }

        private static boolean isReadable(final SimulatedStorage image, final long number) {
            return Arrays.equals(bytes(number), image.bytes(FileNames.table(number)));
        }
    }

    @Test
    void tablesOfIncompleteFreshGroupsAreLeftOut() {
        final TableMeta one = table(1, new long[0], 1, 0);
        final TableMeta two = table(2, new long[0], 1, 2);
        assertEquals(List.of(one, two), ManifestRebuild.of(List.of(two, one)).survivors());
        assertEquals(List.of(), ManifestRebuild.of(List.of(one)).survivors());
        assertEquals(List.of(two), ManifestRebuild.of(List.of(two)).leftOut());
    }

    @Test
    void replacedTablesAreLeftOutOnceTheirSuccessorsAreComplete() {
        final TableMeta one = table(1, new long[0], 1, 1);
        final TableMeta two = table(2, new long[] {1}, 2, 0);
        final TableMeta three = table(3, new long[] {1}, 2, 2);
        final TableMeta four = table(4, new long[] {2}, 4, 1);
        assertEquals(
                List.of(two, three),
                ManifestRebuild.of(List.of(one, two, three)).survivors());
        assertEquals(List.of(one, two), ManifestRebuild.of(List.of(one, two)).survivors());
        final ManifestRebuild all = ManifestRebuild.of(List.of(one, two, three, four));
        assertEquals(List.of(three, four), all.survivors());
        assertEquals(4, all.highestNumber());
        assertEquals(13, all.highestSequence() - 1);
        assertArrayEquals(new long[] {1}, three.origin().replaced());
    }

    private static TableMeta table(final long number, final long[] replaced, final long group, final int size) {
        final TableMeta meta = Samples.table(number, new byte[0], new byte[0], number, number + 10);
        return new TableMeta(
                number,
                1,
                meta.smallestKey(),
                meta.largestKey(),
                10,
                0,
                0,
                number,
                number + 10,
                0,
                null,
                new TableOrigin(1, replaced, group, size));
    }
}
