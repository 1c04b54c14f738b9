package org.avccdb.engine.compaction;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.table.HashCheck;
import org.avccdb.engine.table.RecordDigest;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;

/**
 * Tables of one run, one behind the other. One at a time is open. A table that does not hold what its metadata say is a
 * {@link CorruptionException}: it must not be replaced by something that has less in it. One thread uses it.
 */
final class TableSequence implements MergeInput {
    private final List<TableFile> tables;
    private final TableCursor cursor = TableCursor.passingTheCache();
    private final UnsafeBuffer bound = new UnsafeBuffer(0, 0);
    private final HashCheck hashes;
    private int at = -1;
    private long read;
    private long digest;
    private long digestSum;

    /**
     * Of tables by key ascending, without an overlap; the caller keeps them referenced.
     *
     * @param checksHashes whether to check that each table has the root that it is known by
     */
    TableSequence(final List<TableFile> tables, final boolean checksHashes) {
        this.tables = tables;
        this.hashes = checksHashes ? new HashCheck() : null;
    }

    @Override
    public boolean next() {
        if (at >= 0 && step()) {
            return true;
        }
        if (at + 1 >= tables.size()) {
            return false;
        }
        at++;
        read = 0;
        digestSum = 0;
        cursor.attach(tables.get(at));
        if (isHashed()) {
            hashes.begin();
        }
        return step();
    }

    private boolean step() {
        final TableMeta meta = tables.get(at).meta();
        if (!cursor.next()) {
            if (read != meta.records()) {
                throw corrupt(meta, "records end after " + read + " of " + meta.records());
            }
            checkSums(meta);
            cursor.detach();
            return false;
        }
        read++;
        digest = RecordDigest.of(cursor);
        digestSum += digest;
        if (isHashed()) {
            hashes.add(cursor);
        }
        if (read == 1 && !isOn(meta.smallestKey())) {
            throw corrupt(meta, "its first key is not the one it is known by");
        }
        if (read == meta.records() && !isOn(meta.largestKey())) {
            throw corrupt(meta, "its last key is not the one it is known by");
        }
        if (read > meta.records()) {
            throw corrupt(meta, "more records than the " + meta.records() + " it is known by");
        }
        return true;
    }

    private boolean isHashed() {
        return hashes != null && tables.get(at).meta().root() != null;
    }

    private void checkSums(final TableMeta meta) {
        final TableReader reader = tables.get(at).reader();
        if (digestSum != reader.digestSum()) {
            throw corrupt(meta, "its records are not those that were written to it");
        }
        if (isHashed()) {
            hashes.end(reader, meta);
        }
    }

    private boolean isOn(final byte[] key) {
        bound.wrap(key);
        return Keys.compare(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength(), bound, 0, key.length) == 0;
    }

    private static CorruptionException corrupt(final TableMeta meta, final String what) {
        return new CorruptionException(FileNames.table(meta.number()), -1, what);
    }

    @Override
    public RecordCursor record() {
        return cursor;
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
    }
}
