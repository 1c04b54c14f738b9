package org.avccdb.engine.recovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avccdb.AvccDbException;
import org.avccdb.CorruptionException;
import org.avccdb.IntegrityReport;
import org.avccdb.VerifyProgress;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.journal.ReplayResult;
import org.avccdb.engine.journal.SegmentEnd;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;

/** Reads everything that a database has on disk and reports what is wrong with it. One thread, one run. */
public final class Verification {
    private final Storage storage;
    private final VersionSet versions;
    private final long maxManifestBytes;
    private final Consumer<VerifyProgress> listener;
    private final List<String> problems = new ArrayList<>();

    private ReadingMeter meter;
    private int tables;
    private int journals;
    private long records;
    private long bytes;

    /** Whoever is to know how far it is, is told after each table, and when {@link #tell} is called. */
    public Verification(
            final Storage storage,
            final VersionSet versions,
            final long maxManifestBytes,
            final Consumer<VerifyProgress> listener) {
        this.storage = storage;
        this.versions = versions;
        this.maxManifestBytes = maxManifestBytes;
        this.listener = listener;
    }

    /** Reads all tables; this comes first. */
    public void readTables() {
        final Version version = versions.acquire();
        try {
            meter = new ReadingMeter(storage, versions, version);
            tell();
            for (int level = 0; level < Version.LEVELS; level++) {
                for (final TableFile table : version.level(level)) {
                    guarded(() -> readTable(table.meta()));
                    meter.tableRead(table.meta());
                    tell();
                }
            }
        } finally {
            version.release();
        }
    }

    private void readTable(final TableMeta expected) {
        tables++;
        bytes += expected.bytes();
        final TableReader reader = TableReader.open(storage, expected.number(), null, true);
        try {
            if (!reader.meta().equals(expected)) {
                problems.add(FileNames.table(expected.number()) + ": the manifest knows it as " + expected
                        + ", but it says of itself that it is " + reader.meta());
            }
            reader.verifyAll(problems::add);
            records += expected.records();
        } finally {
            reader.close();
        }
    }

    /**
     * Reads the journals; nobody may be writing to them meanwhile. What is flushed meanwhile makes segments go: then it is not
     * damage that one is missing, and those that are left are read again.
     */
    public void readJournals() {
        final int before = problems.size();
        long oldest;
        do {
            problems.subList(before, problems.size()).clear();
            oldest = versions.oldestJournal();
            readJournals(oldest);
        } while (problems.size() > before && versions.oldestJournal() != oldest);
        meter.journalsRead();
    }

    private void readJournals(final long oldest) {
        guarded(() -> {
            final Map<Long, SegmentEnd> ended = new HashMap<>();
            versions.segmentEnds()
                    .forEach((segment, end) ->
                            ended.put(segment, new SegmentEnd(segment, (int) end.offset(), end.lastSequence())));
            journals = JournalReplay.present(storage, oldest).size();
            final ReplayResult replayed = new JournalReplay(
                            storage, versions.identity().databaseId(), oldest, versions.flushedSequence(), ended)
                    .run((first, payload, offset, length, entries) -> {});
            records += replayed.entries();
            bytes += replayed.bytes();
        });
    }

    /** Reads the manifest; no edit may be applied meanwhile. */
    public void readManifest() {
        guarded(() -> {
            bytes += versions.manifestBytes();
            VersionSet.load(storage, new TableCache(storage, null, 1, false, table -> {}), maxManifestBytes)
                    .close();
        });
        meter.manifestRead();
    }

    /** Tells how far it is; not to be called where somebody waits for the reading. */
    public void tell() {
        listener.accept(meter.progress(problems.size()));
    }

    private void guarded(final Runnable reading) {
        try {
            reading.run();
        } catch (final CorruptionException found) {
            problems.add(found.getMessage());
        } catch (final AvccDbException failure) {
            problems.add("cannot be read: " + failure.getMessage());
        }
    }

    /** What was found so far. */
    public IntegrityReport report() {
        return new IntegrityReport(problems, tables, journals, records, bytes);
    }
}
