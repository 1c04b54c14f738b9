package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.VersionOrder;
import org.avccdb.VersionOrderException;
import org.avccdb.VersionedValue;

/** Versions are the caller's own numbers: here days, elsewhere times or the heights of blocks. */
public final class TimeTravel {
    private TimeTravel() {}

    public static void main(String[] args) {
        // Days only go up here, so that a late record is refused; the usual order is ARBITRARY.
        Options options = Options.builder().versionOrder(VersionOrder.MONOTONE).build();
        try (AvccDb db = AvccDb.open(Path.of(args[0]), options)) {
            db.putWithVersion(bytes("price/bread"), bytes("2.80"), 10);
            db.putWithVersion(bytes("price/milk"), bytes("1.10"), 10);
            db.putWithVersion(bytes("price/bread"), bytes("3.00"), 20);
            db.putWithVersion(bytes("price/bread"), bytes("3.20"), 30);

            System.out.println("bread now: " + text(db.get(bytes("price/bread"))));
            VersionedValue was = db.getAsOf(bytes("price/bread"), 25);
            System.out.println("bread on day 25: " + text(was.value()) + ", since day " + was.version());
            System.out.println("bread on day 5: " + db.getAsOf(bytes("price/bread"), 5));
            for (VersionedValue each : db.getVersionHistory(bytes("price/bread"), 15, 0)) {
                System.out.println("from day 15 on, day " + each.version() + ": " + text(each.value()));
            }

            // That price was a mistake; the one before it counts again.
            db.deleteVersion(bytes("price/bread"), 30);
            System.out.println("bread now: " + text(db.get(bytes("price/bread"))));

            try {
                db.putWithVersion(bytes("price/milk"), bytes("1.05"), 15);
            } catch (VersionOrderException e) {
                System.out.println("too late for day 15");
            }

            // Every live version of every key: keys ascending, versions descending.
            try (Cursor cursor = db.versionCursor(KeyRange.prefix(bytes("price/")))) {
                while (cursor.next()) {
                    System.out.println(
                            text(cursor.keyBytes()) + " " + cursor.version() + " " + text(cursor.valueBytes()));
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
