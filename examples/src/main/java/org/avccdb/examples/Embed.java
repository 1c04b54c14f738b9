package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.Transaction;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;

/** The first steps: open, write, read, walk, change several things at once. */
public final class Embed {
    private Embed() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Options options = Options.builder().blockCacheBytes(16 << 20).build();
        try (AvccDb db = AvccDb.open(folder, options)) {
            // Survives the death of the process; with SYNC, loss of power.
            db.put(bytes("user/1"), bytes("Ada"));
            db.put(bytes("user/2"), bytes("Grace"), WriteOptions.SYNC);
            System.out.println("user/1 is " + text(db.get(bytes("user/1"))));

            // All of it or nothing, for whoever reads and after whatever crash.
            WriteBatch batch = new WriteBatch();
            batch.put(bytes("user/3"), bytes("Barbara"));
            batch.delete(bytes("user/1"));
            db.write(batch, WriteOptions.SYNC);

            // Reads what it writes before others see it. Closed without a commit, it has changed nothing.
            try (Transaction transaction = db.openTransaction()) {
                String name = text(transaction.get(bytes("user/2")));
                transaction.put(bytes("user/2"), bytes(name + " Hopper"));
                transaction.commit();
            }

            // Shows one moment, whatever is written while it walks.
            try (Cursor cursor = db.cursor(KeyRange.prefix(bytes("user/")))) {
                while (cursor.next()) {
                    System.out.println(text(cursor.keyBytes()) + " is " + text(cursor.valueBytes()));
                }
            }
        }
        try (AvccDb again = AvccDb.open(folder)) {
            System.out.println("after reopening, user/1 is " + (again.contains(bytes("user/1")) ? "there" : "gone"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
