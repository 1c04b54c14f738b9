package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Reader;
import org.avccdb.Snapshot;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;

/** Three ways to keep a state while writing goes on: a snapshot, a copy of it, and a checkpoint of the files. */
public final class Backup {
    private static final int RECORDS_A_BATCH = 1_000;

    private Backup() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        try (AvccDb db = AvccDb.open(folder.resolve("live"))) {
            write(db, 0, 2_500);

            // In memory and by reference: quick to make, and gone when it is closed.
            try (Snapshot snapshot = db.snapshot()) {
                write(db, 2_500, 4_000);
                System.out.println("live " + count(db) + ", snapshot " + count(snapshot));

                // Record by record: any part of it, into anything that takes keys and values.
                try (AvccDb copy = AvccDb.open(folder.resolve("copy"))) {
                    copy(snapshot, copy);
                    System.out.println("copy " + count(copy));
                }
            }

            // File by file, of hard links where that is possible: quick, however large the database is.
            db.checkpoint(folder.resolve("checkpoint"));
            write(db, 4_000, 5_000);
            System.out.println("live " + count(db));
        }

        // A checkpoint is a database like any other: to restore it, open it, or a copy of its folder.
        try (AvccDb restored = AvccDb.open(folder.resolve("checkpoint"))) {
            System.out.println("restored " + count(restored) + ", sound: "
                    + restored.verify().isClean());
        }
    }

    private static void write(AvccDb db, int from, int to) {
        for (int i = from; i < to; i++) {
            db.put(String.format("key-%08d", i).getBytes(UTF_8), ("value " + i).getBytes(UTF_8));
        }
    }

    /** All live versions, in batches. */
    private static void copy(Reader from, AvccDb to) {
        WriteBatch batch = new WriteBatch();
        try (Cursor cursor = from.versionCursor(KeyRange.all())) {
            while (cursor.next()) {
                batch.putWithVersion(cursor.keyBytes(), cursor.valueBytes(), cursor.version());
                if (batch.count() == RECORDS_A_BATCH) {
                    to.write(batch);
                    batch.clear();
                }
            }
        }
        to.write(batch, WriteOptions.SYNC);
    }

    private static int count(Reader reader) {
        int count = 0;
        try (Cursor cursor = reader.cursor(KeyRange.all())) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }
}
