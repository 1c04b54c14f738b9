package org.avccdb.engine.compaction;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.table.HashCheck;
import org.avccdb.engine.table.RecordDigest;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;

/**
 * Tables of one run, one behind the other, or a slice of their keys. One at a time is open. What was read of each goes to an
 * {@link InputTally}. One thread at a time uses it.
 */
final class TableSequence implements MergeInput {
    private final List<TableFile> tables;
    private final KeySlice slice;
    private final InputTally tally;
    private final TableCursor cursor = TableCursor.passingTheCache();
    private final UnsafeBuffer bound = new UnsafeBuffer(0, 0);
    private final HashCheck hashes;
    private int at = -1;
    private long read;
    private long digest;
    private long digestSum;
    private boolean cutsBeginning;
    private boolean cutsEnd;

    /**
     * Of tables by key ascending, without an overlap; the caller keeps them referenced.
     *
     * @param slice which keys are read; each table has some of them within its bounds
     * @param checksHashes whether to check that each table has the root that it is known by; only where all keys are read
     */
    TableSequence(
            final List<TableFile> tables, final KeySlice slice, final InputTally tally, final boolean checksHashes) {
        this.tables = tables;
        this.slice = slice;
        this.tally = tally;
        this.hashes = checksHashes ? new HashCheck() : null;
    }

    @Override
    public boolean next() {
        if (at >= 0 && step(cursor.next())) {
            return true;
        }
        if (at + 1 >= tables.size()) {
            return false;
        }
        at++;
        read = 0;
        digestSum = 0;
        final TableFile table = tables.get(at);
        cutsBeginning = slice.cutsBeginningOf(table.meta());
        cutsEnd = slice.cutsEndOf(table.meta());
        cursor.attach(table);
        if (isHashed()) {
            hashes.begin(cursor);
        }
        return step(cutsBeginning ? seek(slice.from()) : cursor.next());
    }

    private boolean seek(final byte[] key) {
        bound.wrap(key);
        return cursor.seek(bound, 0, key.length, Versions.KEY_DELETE, Keys.FIRST_STAMP);
    }

    private boolean step(final boolean found) {
        final TableMeta meta = tables.get(at).meta();
        if (!found || (cutsEnd && compareTo(slice.to()) >= 0)) {
            if (!found && !(cursor.last() && compareTo(meta.largestKey()) == 0)) {
                throw corrupt(meta, "its last key is not the one it is known by");
            }
            end(meta);
            return false;
        }
        read++;
        digest = RecordDigest.of(cursor.shown());
        digestSum += digest;
        if (isHashed()) {
            hashes.add(cursor);
        }
        if (read == 1 && !cutsBeginning && compareTo(meta.smallestKey()) != 0) {
            throw corrupt(meta, "its first key is not the one it is known by");
        }
        if (read > meta.records()) {
            throw corrupt(meta, "more records than the " + meta.records() + " it is known by");
        }
        return true;
    }

    private void end(final TableMeta meta) {
        final TableReader reader = tables.get(at).retainReader();
        try {
            tally.add(meta, read, digestSum, reader.digestSum());
            if (isHashed()) {
                hashes.end(reader, meta);
            }
        } finally {
            reader.release();
        }
        cursor.detach();
    }

    private boolean isHashed() {
        return hashes != null && tables.get(at).meta().root() != null;
    }

    private int compareTo(final byte[] key) {
        bound.wrap(key);
        return Keys.compare(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength(), bound, 0, key.length);
    }

    private static CorruptionException corrupt(final TableMeta meta, final String what) {
        return new CorruptionException(FileNames.table(meta.number()), -1, what);
    }

    @Override
    public ShownRecord record() {
        return cursor.shown();
    }

    @Override
    public long digest() {
        return digest;
    }

    @Override
    public String name() {
        return FileNames.table(tables.get(Math.max(0, at)).meta().number());
    }

    @Override
    public void close() {
        cursor.detach();
        if (hashes != null) {
            hashes.close();
        }
    }
}
