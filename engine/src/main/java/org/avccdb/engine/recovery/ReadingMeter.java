package org.avccdb.engine.recovery;

import org.avccdb.AvccDbException;
import org.avccdb.VerifyProgress;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/** Counts what a verification has read of what there was to read when it began. One thread at a time. */
final class ReadingMeter {
    private final int journals;
    private final long journalBytes;
    private final long manifestBytes;
    private final int files;
    private final long bytes;
    private int filesRead;
    private long bytesRead;

    ReadingMeter(final Storage storage, final VersionSet versions, final Version version) {
        int journalCount = 0;
        long journalSum = 0;
        for (final long number : JournalReplay.present(storage, versions.oldestJournal())) {
            journalCount++;
            journalSum += length(storage, FileNames.journal(number));
        }
        journals = journalCount;
        journalBytes = journalSum;
        manifestBytes = versions.manifestBytes();
        int tableCount = 0;
        long tableSum = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version.level(level)) {
                tableCount++;
                tableSum += table.meta().bytes();
            }
        }
        files = tableCount + journals + 1;
        bytes = tableSum + journalBytes + manifestBytes;
    }

    /** What is flushed meanwhile makes segments go; one that cannot be read is told of when it is to be read. */
    private static long length(final Storage storage, final String name) {
        try {
            return storage.length(name);
        } catch (final AvccDbException gone) {
            return 0;
        }
    }

    void tableRead(final TableMeta table) {
        read(1, table.bytes());
    }

    void journalsRead() {
        read(journals, journalBytes);
    }

    void manifestRead() {
        read(1, manifestBytes);
    }

    private void read(final int moreFiles, final long moreBytes) {
        filesRead += moreFiles;
        bytesRead += moreBytes;
    }

    VerifyProgress progress(final int problems) {
        return new VerifyProgress(filesRead, files, bytesRead, bytes, problems);
    }
}
