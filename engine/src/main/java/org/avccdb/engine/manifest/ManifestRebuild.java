package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;

/**
 * Finds out, where the manifest is lost, which tables make up the database, from what the tables say of themselves. Reads
 * only.
 *
 * <p>The survivors hold every record of the database that is not in a journal. They may hold records that compactions have
 * dropped, but then also those that hide them; and the same record several times. Which levels they were on is not known,
 * because tables move. So they have to be merged by sequence number.
 *
 * <ol>
 *   <li>A group is complete where the table that has its size is there, and with it as many tables.
 *   <li>Tables of an incomplete fresh group (one that replaced nothing) are left out: they were never committed, or all of
 *       them have been replaced, because until then {@link WithheldTables} keeps the group together. Their journal is
 *       still there, if they had one.
 *   <li>Tables that a complete group replaced are left out. This holds whether or not the group was committed, because it
 *       has the same content. What a group replaced includes what its inputs had replaced ({@link VersionSet#replaced}):
 *       so of the groups that lead from a table to those that have its records now, the last one is complete, and names it.
 *   <li>Tables of an incomplete group that replaced others stay: others of the group have been replaced since; or the group
 *       was never committed, and then everything in it is in its inputs too, which are there.
 * </ol>
 */
public final class ManifestRebuild {
    private final Map<Long, TableMeta> readable = new TreeMap<>();
    private final Map<String, CorruptionException> damaged = new TreeMap<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<TableMeta> survivors = new ArrayList<>();
    private final List<TableMeta> leftOut = new ArrayList<>();
    private long highestNumber;
    private long highestSequence;

    private ManifestRebuild() {}

    /** Reads the properties of all tables in a directory. */
    public static ManifestRebuild scan(final Storage storage) {
        final ManifestRebuild rebuild = new ManifestRebuild();
        for (final String name : storage.list()) {
            final long number = FileNames.number(name);
            rebuild.highestNumber = Math.max(rebuild.highestNumber, number);
            if (FileNames.type(name) == FileType.TABLE) {
                rebuild.read(storage, name, number);
            }
        }
        rebuild.select();
        return rebuild;
    }

    /** The same for tables that have been read already. */
    static ManifestRebuild of(final Collection<TableMeta> tables) {
        final ManifestRebuild rebuild = new ManifestRebuild();
        for (final TableMeta meta : tables) {
            rebuild.readable.put(meta.number(), meta);
            rebuild.highestNumber = Math.max(rebuild.highestNumber, meta.number());
        }
        rebuild.select();
        return rebuild;
    }

    private void read(final Storage storage, final String name, final long number) {
        try {
            final TableReader reader = TableReader.open(storage, number, null, false);
            readable.put(number, reader.meta());
            reader.close();
        } catch (final CorruptionException e) {
            if (TableReader.isUnfinished(storage, number)) {
                unfinished.add(name);
            } else {
                damaged.put(name, e);
            }
        }
    }

    private void select() {
        final Set<Long> complete = completeGroups(readable.values());
        final Set<Long> replaced = new HashSet<>();
        for (final TableMeta meta : readable.values()) {
            if (complete.contains(meta.origin().group())) {
                for (final long number : meta.origin().replaced()) {
                    replaced.add(number);
                }
            }
        }
        for (final TableMeta meta : readable.values()) {
            final boolean fresh = meta.origin().replaced().length == 0;
            final boolean uncommitted =
                    fresh && !complete.contains(meta.origin().group());
            if (uncommitted || replaced.contains(meta.number())) {
                leftOut.add(meta);
            } else {
                survivors.add(meta);
                highestSequence = Math.max(highestSequence, meta.maxSequence());
            }
        }
    }

    private static Set<Long> completeGroups(final Collection<TableMeta> tables) {
        final Map<Long, Integer> missing = new HashMap<>();
        final Set<Long> closed = new HashSet<>();
        for (final TableMeta meta : tables) {
            missing.merge(meta.origin().group(), meta.origin().groupSize() - 1, Integer::sum);
            if (meta.origin().groupSize() > 0) {
                closed.add(meta.origin().group());
            }
        }
        closed.removeIf(group -> missing.get(group) != 0);
        return closed;
    }

    /** The tables whose records make up the database, by number. */
    public List<TableMeta> survivors() {
        return List.copyOf(survivors);
    }

    /** Sound tables that are not, or no longer, part of the database. */
    public List<TableMeta> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Tables that were finished and cannot be read, by name, and why. Without them there is no telling what is missing. */
    public Map<String, CorruptionException> damaged() {
        return Collections.unmodifiableMap(damaged);
    }

    /** Tables that were never finished, by name, so they never were part of the database. */
    public List<String> unfinished() {
        return List.copyOf(unfinished);
    }

    /** The highest number of any file. */
    public long highestNumber() {
        return highestNumber;
    }

    /** The highest sequence number in the surviving tables, 0 without any. */
    public long highestSequence() {
        return highestSequence;
    }
}
