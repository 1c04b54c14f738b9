package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * Applies edits to the tables of a version, or of none, one after the other, and makes the next version from them. Of levels
 * that no edit is about nothing is copied: most edits are about one or two of them.
 */
final class LevelsBuilder {
    private static final TableFile[] NO_TABLES = {};

    private final TableCache cache;
    private final Version base;
    /** The tables of each level by number; null for a level that is as in the base. */
    private final List<Map<Long, TableMeta>> levels = new ArrayList<>();

    private final Map<Long, TableFile> known = new HashMap<>();
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
            levels.add(null);
        }
    }

    private TableFile[] before(final int level) {
        return base == null ? NO_TABLES : base.level(level);
    }

    /** The tables of a level that changes, by number. */
    private Map<Long, TableMeta> changing(final int level) {
        Map<Long, TableMeta> tables = levels.get(level);
        if (tables == null) {
            tables = new TreeMap<>();
            for (final TableFile table : before(level)) {
                tables.put(table.meta().number(), table.meta());
                known.put(table.meta().number(), table);
            }
            levels.set(level, tables);
        }
        return tables;
    }

    /** Applies an edit, unless something is wrong with it: then that is returned, and this is of no more use. */
    String apply(final VersionEdit edit) {
        flushedSequence = Math.max(flushedSequence, edit.flushedSequence());
        for (final VersionEdit.Removed removed : edit.removed()) {
            if (changing(removed.level()).remove(removed.number()) == null) {
                return "table " + removed.number() + " is removed from level " + removed.level() + ", where it is not";
            }
        }
        for (final VersionEdit.Added added : edit.added()) {
            final TableMeta meta = added.meta();
            final TableFile old = known.get(meta.number());
            if (old != null && !old.meta().equals(meta)) {
                return "table " + meta.number() + " is moved as something else: " + meta + ", not " + old.meta();
            }
            if (contains(meta.number())) {
                return "table " + meta.number() + " is added twice";
            }
            changing(added.level()).put(meta.number(), meta);
        }
        return null;
    }

    /** The tables of a level; there is no base. */
    Iterable<TableMeta> tables(final int level) {
        return changing(level).values();
    }

    private boolean contains(final long number) {
        for (int level = 0; level < Version.LEVELS; level++) {
            final Map<Long, TableMeta> tables = levels.get(level);
            if (tables == null ? isBefore(level, number) : tables.containsKey(number)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBefore(final int level, final long number) {
        for (final TableFile table : before(level)) {
            if (table.meta().number() == number) {
                return true;
            }
        }
        return false;
    }

    /** Makes the version. Its tables are referenced by it and by those who did so before. */
    Result build() {
        final List<TableFile> created = new ArrayList<>();
        final Level[] built = new Level[Version.LEVELS];
        String problem = null;
        for (int level = 0; level < Version.LEVELS && problem == null; level++) {
            if (base != null && levels.get(level) == null) {
                built[level] = base.levels()[level];
                continue;
            }
            final List<TableFile> files = new ArrayList<>();
            for (final TableMeta meta : changing(level).values()) {
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
