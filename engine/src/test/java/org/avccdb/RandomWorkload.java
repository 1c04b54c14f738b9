package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.avccdb.WriteHistory.Change;
import org.avccdb.WriteHistory.Kind;
import org.avccdb.WriteHistory.Row;

/** Writes at random to a database, and keeps account of what was written and which of it was acknowledged. */
final class RandomWorkload {
    private static final int KEYS = 40;
    private static final int VERSIONS = 4;
    private static final int LARGE_VALUE = 4000;
    private static final int PER_MILLE = 1000;

    private final SplittableRandom random;
    private final boolean pipelined;
    private WriteHistory history;
    private AvccDb db;
    private int acknowledged;
    private int durable;

    RandomWorkload(AvccDb db, WriteHistory history, SplittableRandom random, boolean pipelined) {
        this.random = random;
        this.pipelined = pipelined;
        this.db = db;
        this.history = history;
        acknowledged = history.writes();
        durable = acknowledged;
    }

    /** Goes on with another open database that holds the same. */
    void use(AvccDb other) {
        db = other;
    }

    WriteHistory history() {
        return history;
    }

    /** Writes that have returned. */
    int acknowledged() {
        return acknowledged;
    }

    /** Writes that have returned and are on disk. */
    int durable() {
        return durable;
    }

    /** All that was acknowledged is on disk. */
    void madeDurable() {
        durable = acknowledged;
    }

    /** What was not acknowledged did not happen. */
    void forgetRefused() {
        history = history.upTo(acknowledged);
    }

    /** So many writes are there. */
    void startFrom(int writes) {
        history = history.upTo(writes);
        acknowledged = writes;
        durable = writes;
    }

    /** One call, or some that belong together. */
    void step() {
        int choice = random.nextInt(PER_MILLE);
        if (choice < 400) {
            single();
        } else if (choice < 640) {
            batch(1 + random.nextInt(10), WriteOptions.DEFAULT);
        } else if (choice < 740) {
            batch(1 + random.nextInt(10), WriteOptions.SYNC);
        } else if (choice < 840) {
            pipeline();
        } else if (choice < 900) {
            transaction(1 + random.nextInt(8));
        } else if (choice < 920) {
            transaction(150 + random.nextInt(150));
        } else if (choice < 935) {
            batch(150 + random.nextInt(150), random.nextBoolean() ? WriteOptions.SYNC : WriteOptions.DEFAULT);
        } else if (choice < 980) {
            db.flush();
            durable = acknowledged;
        } else {
            db.compactRange(range());
            durable = acknowledged;
        }
    }

    private KeyRange range() {
        return random.nextBoolean() ? KeyRange.all() : KeyRange.atLeast(bytes(key()));
    }

    private String key() {
        return "key" + random.nextInt(KEYS);
    }

    private Change change(int number) {
        String key = key();
        long version = random.nextBoolean() ? 0 : 1 + random.nextInt(VERSIONS);
        return switch (random.nextInt(8)) {
            case 0 -> new Change(Kind.DELETE, key, 0, null);
            case 1 -> new Change(Kind.DELETE_VERSION, key, version, null);
            default -> new Change(Kind.PUT, key, version, value(number));
        };
    }

    private String value(int number) {
        int length = random.nextInt(50) == 0 ? random.nextInt(LARGE_VALUE) : random.nextInt(200);
        String name = "write " + history.writes() + ", part " + number + ": ";
        return name + Character.toString('a' + random.nextInt(26)).repeat(length);
    }

    private List<Change> changes(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(change(i));
        }
        return changes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** A put, or a delete, as durable as chance has it. */
    void single() {
        put(random.nextInt(4) == 0 ? WriteOptions.SYNC : WriteOptions.DEFAULT);
    }

    void put(WriteOptions options) {
        Change change = change(0);
        history.add(List.of(change));
        byte[] key = bytes(change.key());
        long sequence = switch (change.kind()) {
            case PUT -> db.putWithVersion(key, bytes(change.value()), change.version(), options);
            case DELETE -> db.delete(key, options);
            case DELETE_VERSION -> db.deleteVersion(key, change.version(), options);
        };
        acknowledge(sequence, options == WriteOptions.SYNC);
    }

    void batch(int count, WriteOptions options) {
        List<Change> changes = changes(count);
        history.add(changes);
        acknowledge(db.write(batchOf(changes), options), options == WriteOptions.SYNC);
    }

    private static WriteBatch batchOf(List<Change> changes) {
        WriteBatch batch = new WriteBatch();
        for (Change change : changes) {
            byte[] key = bytes(change.key());
            switch (change.kind()) {
                case PUT -> batch.putWithVersion(key, bytes(change.value()), change.version());
                case DELETE -> batch.delete(key);
                case DELETE_VERSION -> batch.deleteVersion(key, change.version());
            }
        }
        return batch;
    }

    private void pipeline() {
        int count = pipelined ? 1 + random.nextInt(12) : 1;
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            List<Change> changes = changes(1 + random.nextInt(4));
            history.add(changes);
            WriteOptions options = random.nextInt(5) == 0 ? WriteOptions.SYNC : WriteOptions.DEFAULT;
            ticket = db.submit(batchOf(changes), options);
        }
        boolean durably = random.nextBoolean();
        if (durably && pipelined) {
            db.awaitDurable(ticket);
            acknowledge(history.lastSequence(), true);
            return;
        }
        db.await(ticket);
        acknowledge(history.lastSequence(), false);
        if (durably) {
            // Where this fails, the write is there all the same.
            db.awaitDurable(ticket);
            acknowledge(history.lastSequence(), true);
        }
    }

    private void transaction(int count) {
        transaction(count, random.nextInt(4) != 0);
    }

    void transaction(int count, boolean commit) {
        List<Change> changes = changes(count);
        try (Transaction transaction = db.openTransaction()) {
            for (Change change : changes) {
                byte[] key = bytes(change.key());
                switch (change.kind()) {
                    case PUT -> transaction.putWithVersion(key, bytes(change.value()), change.version());
                    case DELETE -> transaction.delete(key);
                    case DELETE_VERSION -> transaction.deleteVersion(key, change.version());
                }
            }
            if (!commit) {
                transaction.discard();
                return;
            }
            history.add(changes);
            acknowledge(transaction.commit(), true);
        }
    }

    private void acknowledge(long sequence, boolean synced) {
        assertEquals(history.lastSequence(), sequence, "sequence number of a write");
        acknowledged = history.writes();
        if (synced) {
            durable = acknowledged;
        }
    }

    /** Looks whether a database shows exactly what there was after so many writes. */
    static void check(AvccDb db, WriteHistory history, int writes, String where) {
        List<Row> expected = history.state(writes);
        List<Row> found = new ArrayList<>();
        try (Cursor cursor = db.versionCursor(KeyRange.all())) {
            while (cursor.next()) {
                found.add(new Row(
                        new String(cursor.keyBytes(), ISO_8859_1),
                        cursor.version(),
                        cursor.sequence(),
                        new String(cursor.valueBytes(), ISO_8859_1)));
            }
        }
        assertEquals(expected, found, () -> "content after " + writes + " writes, " + where);
        Row previous = null;
        for (Row row : expected) {
            if (previous == null || !previous.key().equals(row.key())) {
                assertEquals(row.value(), new String(db.get(bytes(row.key())), ISO_8859_1), () -> "latest, " + where);
            }
            previous = row;
        }
    }
}
