package org.avccdb.engine.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.avccdb.engine.storage.SimulatedDirectory.Change;
import org.avccdb.engine.storage.SimulatedFile.Write;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;

/** What a power cut leaves of a disk. Made under the disk's monitor, from one seed. */
final class CrashImage {
    private static final int SECTOR = 512;

    private final CrashKind kind;
    private final SplittableRandom random;
    /** What happened at or before this moment is kept whole, where there is such a moment. */
    private final long cut;

    private final int keepPercent;
    private final int tearPercent;

    private CrashImage(final CrashKind kind, final SplittableRandom random, final long cut) {
        this.kind = kind;
        this.random = random;
        this.cut = cut;
        keepPercent = switch (random.nextInt(3)) {
            case 0 -> 10;
            case 1 -> 50;
            default -> 90;
        };
        tearPercent = kind == CrashKind.TORN_SECTORS ? 50 : 0;
    }

    static SimulatedDisk of(final SimulatedDisk disk, final CrashKind kind, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long cut = kind == CrashKind.PREFIX ? randomMoment(disk, random) : 0;
        final CrashImage image = new CrashImage(kind, random, cut);
        final SimulatedDisk left = disk.copy(SimulatedFile::copy);
        final Map<SimulatedFile, SimulatedFile> settled = new HashMap<>();
        for (final SimulatedDirectory directory : left.directories.values()) {
            final Map<String, SimulatedFile> names = image.names(directory);
            directory.current.clear();
            names.forEach((name, file) -> directory.current.put(
                    name, settled.computeIfAbsent(file, f -> SimulatedFile.settled(image.content(f)))));
            directory.sync();
        }
        return left;
    }

    /** One of the moments at which something unsynced happened, or the one before all of them. */
    private static long randomMoment(final SimulatedDisk disk, final SplittableRandom random) {
        final List<Long> moments = new ArrayList<>();
        moments.add(0L);
        for (final SimulatedDirectory directory : disk.directories.values()) {
            directory.unsynced.forEach(change -> moments.add(change.time()));
            final List<SimulatedFile> files = new ArrayList<>(directory.current.values());
            directory.durable.values().stream()
                    .filter(file -> !files.contains(file))
                    .forEach(files::add);
            files.forEach(file -> file.unsynced.forEach(write -> moments.add(write.time())));
        }
        return moments.get(random.nextInt(moments.size()));
    }

    private Map<String, SimulatedFile> names(final SimulatedDirectory directory) {
        final Map<String, SimulatedFile> names = new TreeMap<>(directory.durable);
        final Predicate<Change> keep = keptChanges(directory.unsynced);
        directory.unsynced.stream().filter(keep).forEach(change -> SimulatedDirectory.apply(names, change));
        return names;
    }

    private Predicate<Change> keptChanges(final List<Change> changes) {
        return switch (kind) {
            case NOTHING -> change -> false;
            case EVERYTHING, NAMES_WITHOUT_DATA -> change -> true;
            case PREFIX -> change -> change.time() <= cut;
            case NAMES_SUBSET -> change -> random.nextBoolean();
            case SECTORS, TORN_SECTORS, SIZE_WITHOUT_DATA -> keptPrefix(changes);
        };
    }

    /** Often all of them, since what became of the data shows only then. */
    private Predicate<Change> keptPrefix(final List<Change> changes) {
        final int kept = random.nextBoolean() ? changes.size() : random.nextInt(changes.size() + 1);
        final List<Change> prefix = changes.subList(0, kept);
        return prefix::contains;
    }

    private SparseBytes content(final SimulatedFile file) {
        final SparseBytes content = file.durable.copy();
        switch (kind) {
            case NOTHING, NAMES_WITHOUT_DATA -> {}
            case EVERYTHING -> keep(file, content, write -> true);
            case PREFIX -> keep(file, content, write -> write.time() <= cut);
            case SECTORS, TORN_SECTORS -> keepSectors(file, content);
            case SIZE_WITHOUT_DATA -> keepSize(file, content);
            case NAMES_SUBSET -> {
                switch (random.nextInt(3)) {
                    case 0 -> {}
                    case 1 -> keep(file, content, write -> true);
                    default -> keepSectors(file, content);
                }
            }
        }
        return content;
    }

    private static void keep(final SimulatedFile file, final SparseBytes content, final Predicate<Write> kept) {
        file.unsynced.stream().filter(kept).forEach(write -> SimulatedFile.apply(content, write));
    }

    /**
     * Sectors go to the disk one by one, each with what had been written to it up to some moment. So of the writes to one
     * sector a prefix is kept; a torn sector has the state of one moment up to some byte and of another one behind it.
     */
    private void keepSectors(final SimulatedFile file, final SparseBytes content) {
        final long length = randomLength(file, content);
        final Map<Long, List<Write>> sectors = new TreeMap<>();
        for (final Write write : file.unsynced) {
            if (write.data() != null && write.length() > 0) {
                for (long s = write.position() / SECTOR; s * SECTOR < Math.min(write.end(), length); s++) {
                    sectors.computeIfAbsent(s, unused -> new ArrayList<>()).add(write);
                }
            }
        }
        content.setLength(length);
        sectors.forEach((sector, writes) -> keepSector(file, content, sector * SECTOR, writes));
    }

    private void keepSector(
            final SimulatedFile file, final SparseBytes content, final long start, final List<Write> writes) {
        final int size = (int) Math.min(SECTOR, content.length() - start);
        byte[] sector = sectorAfter(file, start, size, writes, randomCount(writes.size()));
        if (random.nextInt(100) < tearPercent) {
            final byte[] other = sectorAfter(file, start, size, writes, random.nextInt(writes.size() + 1));
            final int tear = random.nextInt(size + 1);
            System.arraycopy(other, 0, sector, 0, tear);
        }
        content.write(start, sector, 0, size);
    }

    private int randomCount(final int writes) {
        return random.nextInt(100) < keepPercent ? writes : random.nextInt(writes + 1);
    }

    private static byte[] sectorAfter(
            final SimulatedFile file, final long start, final int size, final List<Write> writes, final int count) {
        final byte[] sector = file.durable.read(start, size);
        for (final Write write : writes.subList(0, count)) {
            final long from = Math.max(start, write.position());
            final long to = Math.min(start + size, write.end());
            if (from < to) {
                System.arraycopy(
                        write.data(), (int) (from - write.position()), sector, (int) (from - start), (int) (to - from));
            }
        }
        return sector;
    }

    /** Often as after all of the writes, else the durable one, or anything between. */
    private long randomLength(final SimulatedFile file, final SparseBytes durable) {
        final long full = file.unsynced.stream().mapToLong(Write::end).reduce(durable.length(), Math::max);
        return switch (random.nextInt(6)) {
            case 0 -> durable.length();
            case 1, 2 -> durable.length() + random.nextLong(full - durable.length() + 1);
            default -> full;
        };
    }

    private void keepSize(final SimulatedFile file, final SparseBytes content) {
        final long from = content.length();
        content.setLength(randomLength(file, content));
        if (random.nextBoolean()) {
            // What the blocks held before they became this file's; only where it wrote data, for a log's zeros are
            // many.
            for (final Write write : file.unsynced) {
                final long start = Math.max(from, write.position());
                final long end = Math.min(content.length(), write.end());
                if (write.data() != null && start < end) {
                    final byte[] garbage = new byte[(int) (end - start)];
                    random.nextBytes(garbage);
                    content.write(start, garbage, 0, garbage.length);
                }
            }
        }
    }
}
