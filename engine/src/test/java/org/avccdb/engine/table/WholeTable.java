package org.avccdb.engine.table;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.Storage;

/** Everything that a table answers: forwards, backwards, sought, and what it says of itself. */
@SuppressWarnings("ArrayRecordComponent") // of tests
record WholeTable(TableMeta meta, List<List<TestRecord>> walks) {
    /** Reads a table in every way, asking for these keys. */
    static WholeTable read(Storage storage, List<byte[]> keys, BlockCache cache) {
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
        TableCursor cursor = new TableCursor();
        try {
            cursor.attach(reader);
            List<List<TestRecord>> walks = new ArrayList<>();
            walks.add(forwards(cursor));
            walks.add(backwards(cursor));
            List<TestRecord> sought = new ArrayList<>();
            for (byte[] bytes : keys) {
                UnsafeBuffer key = new UnsafeBuffer(bytes);
                boolean mayContain = reader.mayContain(KeyHash.of(key, 0, bytes.length));
                boolean found = cursor.seekExactKey(key, 0, bytes.length, Versions.KEY_DELETE, Keys.FIRST_STAMP);
                sought.add(mayContain && found ? TestRecord.of(cursor) : null);
                sought.add(cursor.seek(key, 0, bytes.length, 3, 0) ? TestRecord.of(cursor) : null);
                sought.add(cursor.seekBefore(key, 0, bytes.length, 3, 0) ? TestRecord.of(cursor) : null);
            }
            walks.add(sought);
            return new WholeTable(reader.meta(), walks);
        } finally {
            cursor.detach();
            reader.close();
        }
    }

    /** No more than a table of a test can have, so that going round is found out. */
    private static final int MOST = 100_000;

    private static List<TestRecord> forwards(TableCursor cursor) {
        List<TestRecord> records = new ArrayList<>();
        while (cursor.next()) {
            add(records, cursor);
        }
        return records;
    }

    private static List<TestRecord> backwards(TableCursor cursor) {
        List<TestRecord> records = new ArrayList<>();
        while (cursor.prev()) {
            add(records, cursor);
        }
        return records;
    }

    private static void add(List<TestRecord> records, TableCursor cursor) {
        records.add(TestRecord.of(cursor));
        if (records.size() > MOST) {
            throw new AssertionError("a cursor that goes round");
        }
    }
}
