package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;

/**
 * Deletes, when a database is opened for writing, what it no longer needs: what a crash left over, and what could not be
 * deleted earlier. Files that are not of a database are left alone.
 */
public final class ObsoleteFiles {
    private ObsoleteFiles() {}

    /**
     * Deletes them, the older before the newer, so that wherever this is cut short no older file is left without the newer
     * one that may hold its deletes.
     *
     * @param versions open for writing; no file with a number that it has handed out since then may be there yet
     * @return the names of what was deleted
     */
    public static List<String> delete(final Storage storage, final VersionSet versions) {
        return delete(storage, versions, number -> meta(storage, number));
    }

    private static TableMeta meta(final Storage storage, final long number) {
        final TableReader reader = TableReader.open(storage, number, null, false);
        final TableMeta meta = reader.meta();
        reader.close();
        return meta;
    }

    static List<String> delete(final Storage storage, final VersionSet versions, final LongFunction<TableMeta> tables) {
        final List<String> names = new ArrayList<>(storage.list());
        names.sort(Comparator.comparingLong(FileNames::number));
        final Set<Long> live = liveTables(versions);
        final Set<Long> incomplete = versions.incompleteGroups();
        final List<String> doomed = new ArrayList<>();
        for (final String name : names) {
            final long number = FileNames.number(name);
            final boolean needed = switch (FileNames.type(name)) {
                case MANIFEST -> number == versions.manifestNumber();
                // A power cut may have left a spare with holes, into which nothing can be written for sure.
                case CURRENT_NEXT, SPARE -> false;
                case TABLE -> live.contains(number) || isWithheld(tables, versions, number, incomplete);
                // Journals that are not needed any more go later, in the background: their files may be used anew.
                default -> true;
            };
            if (!needed) {
                doomed.add(name);
            }
        }
        doomed.forEach(storage::delete);
        // What else comes back after a power cut is deleted again; a table might be taken for one that is needed.
        if (doomed.stream().anyMatch(name -> FileNames.type(name) == FileType.TABLE)) {
            storage.syncDirectory();
        }
        return doomed;
    }

    private static Set<Long> liveTables(final VersionSet versions) {
        final Version version = versions.acquire();
        try {
            final Set<Long> live = new HashSet<>();
            for (int level = 0; level < Version.LEVELS; level++) {
                for (final TableFile table : version.level(level)) {
                    live.add(table.meta().number());
                }
            }
            return live;
        } finally {
            version.release();
        }
    }

    private static boolean isWithheld(
            final LongFunction<TableMeta> tables,
            final VersionSet versions,
            final long number,
            final Set<Long> incompleteGroups) {
        if (versions.isWithheld(number)) {
            return true;
        }
        if (incompleteGroups.isEmpty()) {
            return false;
        }
        final TableMeta meta;
        try {
            meta = tables.apply(number);
        } catch (final CorruptionException e) {
            return false; // Written in part only, so it never was in a version.
        }
        if (incompleteGroups.contains(meta.origin().group())) {
            versions.withhold(meta);
            return true;
        }
        return false;
    }
}
