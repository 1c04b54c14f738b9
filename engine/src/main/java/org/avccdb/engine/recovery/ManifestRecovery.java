package org.avccdb.engine.recovery;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Authentication;
import org.avccdb.AvccDbException;
import org.avccdb.CorruptionException;
import org.avccdb.Options;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.ManifestRebuild;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.read.MergingCursor;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.table.TableWriter;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Makes a new manifest where the old one is lost: merges all tables that are part of the database into level 1 of a new version.
 * The journals are replayed by whoever opens the database then. One thread, one run.
 *
 * <ol>
 *   <li>On which levels the tables were is not known, and which of two is newer can only be told record by record. So all are
 *       merged, by sequence number.
 *   <li>The old tables are deleted only by the opening that follows, when the new manifest is there.
 * </ol>
 */
public final class ManifestRecovery {
    private static final int LEVEL = 1;

    private final Storage storage;
    private final TableCache tables;
    private final TableSettings settings;
    private final MemoryLedger ledger;
    private final Options options;
    private final Consumer<String> log;
    private final List<TableMeta> outputs = new ArrayList<>();

    private long nextNumber;
    private long[] replaced;
    private TableWriter writer;
    private long group;

    private byte[] key = new byte[0];
    private int keyLength = -1;
    private final UnsafeBuffer keyView = new UnsafeBuffer(key);
    private long deletedUpTo;
    private long lastVersion;
    private boolean anyOfKey;

    private long previousVersion;
    private long previousStamp;

    public ManifestRecovery(
            final Storage storage,
            final TableCache tables,
            final TableSettings settings,
            final MemoryLedger ledger,
            final Options options,
            final Consumer<String> log) {
        this.storage = storage;
        this.tables = tables;
        this.settings = settings;
        this.ledger = ledger;
        this.options = options;
        this.log = log;
    }

    /** Rebuilds the manifest. */
    public void run() {
        final Identity identity = identity();
        final ManifestRebuild found = ManifestRebuild.scan(storage);
        requireAll(found);
        found.unfinished().forEach(name -> log.accept("recovery leaves out " + name + ": it was never finished"));
        found.leftOut().forEach(table -> log.accept("recovery leaves out " + table + ": replaced, or never committed"));
        log.accept("recovery merges " + found.survivors().size() + " tables");
        nextNumber = found.highestNumber() + 1;
        replaced = Stream.concat(found.survivors().stream(), found.leftOut().stream())
                .mapToLong(TableMeta::number)
                .toArray();
        merge(found.survivors());
        final VersionEdit edit = new VersionEdit()
                .lastSequence(found.highestSequence())
                .flushedSequence(found.highestSequence())
                .highestVersion(found.survivors().stream()
                        .mapToLong(TableMeta::maxPutVersion)
                        .max()
                        .orElse(0));
        outputs.forEach(table -> edit.add(LEVEL, table));
        storage.syncDirectory();
        VersionSet.create(storage, tables, identity, options.maxManifestBytes(), edit)
                .close();
    }

    private static void requireAll(final ManifestRebuild found) {
        for (final CorruptionException why : found.damaged().values()) {
            throw unreadable(why.file(), why.offset(), why.getMessage());
        }
    }

    private static CorruptionException unreadable(final String file, final long offset, final String why) {
        return new CorruptionException(
                file,
                offset,
                why + "; without this table records would be missing, and others that it deletes would"
                        + " come back. Recovery does without it if it is moved out of the directory");
    }

    private Identity identity() {
        final Identity known = VersionSet.knownIdentity(storage);
        if (known != null) {
            known.requireOrder(options.versionOrder(), storage.location());
            return known;
        }
        byte[] id = JournalReplay.databaseId(storage);
        if (id == null) {
            id = new byte[Identity.ID_LENGTH];
            new SecureRandom().nextBytes(id);
            log.accept("recovery found no journal that names the database, which gets a new id");
        }
        return Identity.of(id, options.versionOrder(), options.authentication() == Authentication.MERKLE);
    }

    private void merge(final List<TableMeta> inputs) {
        final List<TableReader> readers = new ArrayList<>();
        final List<TableCursor> cursors = new ArrayList<>();
        try {
            for (final TableMeta input : inputs) {
                final TableReader reader = TableReader.open(storage, input.number(), null, true);
                readers.add(reader);
                final TableCursor cursor = new TableCursor();
                cursors.add(cursor);
                cursor.attach(reader);
            }
            if (!cursors.isEmpty() && !merge(new MergingCursor(cursors.toArray(new RecordCursor[0])))) {
                throw outOfOrder(inputs, readers);
            }
        } catch (final RuntimeException | Error failure) {
            abandon(failure);
            throw failure;
        } finally {
            cursors.forEach(TableCursor::detach);
            readers.forEach(TableReader::close);
        }
    }

    private void abandon(final Throwable failure) {
        if (writer != null) {
            writer.abandon();
        }
        for (final TableMeta output : outputs) {
            try {
                storage.delete(FileNames.table(output.number()));
            } catch (final AvccDbException left) {
                failure.addSuppressed(left);
            }
        }
    }

    /** Checks have passed, so somebody has made a table that way: it is looked for only then. */
    private static CorruptionException outOfOrder(final List<TableMeta> inputs, final List<TableReader> readers) {
        final List<String> problems = new ArrayList<>();
        int at = 0;
        while (at < readers.size() - 1) {
            readers.get(at).verifyAll(problems::add);
            if (!problems.isEmpty()) {
                break;
            }
            at++;
        }
        return unreadable(
                FileNames.table(inputs.get(at).number()),
                -1,
                "its records are out of order" + (problems.isEmpty() ? "" : ": " + problems.get(0)));
    }

    /** False if the records are out of order. */
    private boolean merge(final MergingCursor all) {
        for (boolean more = all.first(); more; more = all.next()) {
            final int order = keyLength < 0
                    ? 1
                    : Keys.compare(all.keyBuffer(), all.keyOffset(), all.keyLength(), keyView, 0, keyLength);
            if (order > 0) {
                beginKey(all);
            } else if (order < 0
                    || Keys.compareWithinKey(previousVersion, previousStamp, all.version(), all.stamp()) > 0) {
                return false;
            }
            if (survives(all)) {
                add(all);
            }
            previousVersion = all.version();
            previousStamp = all.stamp();
        }
        finishTable(true);
        return true;
    }

    private void beginKey(final RecordCursor at) {
        if (writer != null && writer.writtenBytes() >= options.compactionTableBytes(LEVEL)) {
            finishTable(false);
        }
        keyLength = at.keyLength();
        if (key.length < keyLength) {
            key = new byte[Math.max(keyLength, 2 * key.length)];
            keyView.wrap(key);
        }
        at.keyBuffer().getBytes(at.keyOffset(), key, 0, keyLength);
        deletedUpTo = -1;
        anyOfKey = false;
    }

    /** Nothing is older than all tables together, so no delete has anything left to hide. */
    private boolean survives(final RecordCursor at) {
        final long stamp = at.stamp();
        final long sequence = RecordDescriptor.sequence(stamp);
        if (RecordDescriptor.type(stamp) == RecordType.KEY_DELETE) {
            deletedUpTo = Math.max(deletedUpTo, sequence);
            return false;
        }
        final boolean decided = anyOfKey && lastVersion == at.version();
        anyOfKey = true;
        lastVersion = at.version();
        return !decided && sequence > deletedUpTo && RecordDescriptor.type(stamp) == RecordType.PUT;
    }

    private void add(final RecordCursor at) {
        if (writer == null) {
            final long number = nextNumber++;
            if (group == 0) {
                group = number;
            }
            writer = new TableWriter(storage, number, settings, ledger);
        }
        writer.add(
                at.keyBuffer(),
                at.keyOffset(),
                at.keyLength(),
                at.version(),
                at.stamp(),
                at.valueBuffer(),
                at.valueOffset(),
                at.valueLength());
    }

    private void finishTable(final boolean last) {
        if (writer != null) {
            // Should this manifest be lost too, these tables count instead of the old ones, once all are there.
            outputs.add(writer.finish(LEVEL, replaced, group, last ? outputs.size() + 1 : 0));
            writer = null;
        }
        if (last) {
            outputs.forEach(table -> log.accept("recovery wrote " + FileNames.table(table.number())));
        }
    }
}
