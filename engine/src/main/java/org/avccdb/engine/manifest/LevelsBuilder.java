package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/** Applies edits to the tables of a version, or of none, one after the other, and makes the next version from them. */
final class LevelsBuilder {
    private final TableCache cache;
    private final Version base;
    /** The tables of each level by number. */
    private final List<Map<Long, TableMeta>> levels = new ArrayList<>();
    /** The level of each table. */
    private final Map<Long, Integer> levelOf = new HashMap<>();

    private final Map<Long, TableFile> known = new HashMap<>();
    private final boolean[] changed = new boolean[Version.LEVELS];
    private long flushedSequence;

    /**
     * Begins with the tables of a version.
     *
     * @param base null to begin with no tables
     */
    LevelsBuilder(final TableCache cache, final Version base) {
        this.cache = cache;
        this.base = base;
        this.flushedSequence = base == null ? 0 : base.flushedSequence();
        for (int level = 0; level < Version.LEVELS; level++) {
            levels.add(new TreeMap<>());
            for (final TableFile table : base == null ? new TableFile[0] : base.level(level)) {
                final TableMeta meta = table.meta();
                levels.get(level).put(meta.number(), meta);
                levelOf.put(meta.number(), level);
                known.put(meta.number(), table);
            }
        }
    }

    /** Applies an edit, unless something is wrong with it: then that is returned, and this is of no more use. */
    String apply(final VersionEdit edit) {
        flushedSequence = Math.max(flushedSequence, edit.flushedSequence());
        for (final VersionEdit.Removed removed : edit.removed()) {
            if (levels.get(removed.level()).remove(removed.number()) == null) {
                return "table " + removed.number() + " is removed from level " + removed.level() + ", where it is not";
            }
            levelOf.remove(removed.number());
            changed[removed.level()] = true;
        }
        for (final VersionEdit.Added added : edit.added()) {
            final TableMeta meta = added.meta();
            final TableFile old = known.get(meta.number());
            if (old != null && !old.meta().equals(meta)) {
                return "table " + meta.number() + " is moved as something else: " + meta + ", not " + old.meta();
            }
            if (levelOf.putIfAbsent(meta.number(), added.level()) != null) {
                return "table " + meta.number() + " is added twice";
            }
            levels.get(added.level()).put(meta.number(), meta);
            changed[added.level()] = true;
        }
        return null;
    }

    Iterable<TableMeta> tables(final int level) {
        return levels.get(level).values();
    }

    boolean contains(final long number) {
        return levelOf.containsKey(number);
    }

    /** Makes the version. Its tables are referenced by it and by those who did so before. */
    Result build() {
        final List<TableFile> created = new ArrayList<>();
        final Level[] built = new Level[Version.LEVELS];
        String problem = null;
        for (int level = 0; level < Version.LEVELS && problem == null; level++) {
            if (base != null && !changed[level]) {
                built[level] = base.levels()[level];
                continue;
            }
            final List<TableFile> files = new ArrayList<>();
            for (final TableMeta meta : levels.get(level).values()) {
                files.add(known.computeIfAbsent(meta.number(), number -> {
                    final TableFile file = new TableFile(meta, cache);
                    created.add(file);
                    return file;
                }));
            }
            built[level] = new Level(level, files);
            problem = built[level].problem(level);
        }
        final Version version = problem == null ? Version.of(built, flushedSequence) : null;
        created.forEach(TableFile::release);
        return new Result(version, problem);
    }

    /** A version, or what is wrong with it. */
    record Result(Version version, String problem) {}
}
