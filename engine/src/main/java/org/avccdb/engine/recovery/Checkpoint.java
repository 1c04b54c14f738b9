package org.avccdb.engine.recovery;

import java.util.List;
import org.avccdb.DatabaseExistsException;
import org.avccdb.engine.flush.MemtableTable;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.memdb.MemoryLedger;

/**
 * Makes a second database of the tables of one, by links where that is possible.
 *
 * <ol>
 *   <li>The target is a database only from its last step on, when all of its files are durable.
 *   <li>It keeps the database id: it is the same database at an earlier moment.
 * </ol>
 */
public final class Checkpoint {
    private final Storage source;
    private final Storage target;
    private final VersionSet versions;
    private final long maxManifestBytes;

    /**
     * A checkpoint.
     *
     * @param target an empty directory
     */
    public Checkpoint(
            final Storage source, final Storage target, final VersionSet versions, final long maxManifestBytes) {
        this.source = source;
        this.target = target;
        this.versions = versions;
        this.maxManifestBytes = maxManifestBytes;
    }

    /** Copies what is in tables. */
    public void write() {
        write(List.of(), null, null, null);
    }

    /**
     * Copies what is in tables, and makes tables of memtables that are not.
     *
     * @param memtables oldest first, with records
     * @param reached what they have brought the database to; null where there are none
     */
    public void write(
            final List<Memtable> memtables,
            final Progress reached,
            final TableSettings settings,
            final MemoryLedger ledger) {
        requireEmpty();
        final Version version;
        final VersionEdit edit = new VersionEdit();
        synchronized (versions) {
            version = versions.acquire();
            final Progress progress = reached != null
                    ? reached
                    : new Progress(versions.flushedSequence(), versions.appliedPosition(), versions.highestVersion());
            edit.lastSequence(progress.lastSequence())
                    .flushedSequence(progress.lastSequence())
                    .appliedPosition(progress.appliedPosition())
                    .highestVersion(progress.highestVersion());
        }
        try {
            link(version, edit);
            for (final Memtable memtable : memtables) {
                final long number = versions.newNumber();
                edit.add(0, MemtableTable.write(memtable, target, number, settings, ledger, number, 1));
            }
            target.syncDirectory();
            create(edit);
        } finally {
            version.release();
        }
    }

    private void requireEmpty() {
        if (!target.list().isEmpty()) {
            throw new DatabaseExistsException(
                    target.location() + " is not empty: a checkpoint goes to a new or an empty directory");
        }
    }

    private void link(final Version version, final VersionEdit edit) {
        for (int level = 0; level < Version.LEVELS; level++) {
            final TableFile[] tables = version.level(level);
            // Level 0 newest first; an edit adds the oldest first.
            for (int i = tables.length - 1; i >= 0; i--) {
                final TableMeta meta = tables[i].meta();
                source.linkOrCopy(FileNames.table(meta.number()), target);
                edit.add(level, meta);
            }
        }
    }

    private void create(final VersionEdit edit) {
        final TableCache unread = new TableCache(target, null, 1, false, table -> {});
        try (VersionSet made = VersionSet.create(target, unread, versions.identity(), maxManifestBytes, edit)) {
            made.apply(new VersionEdit().cleanClose());
        }
    }
}
