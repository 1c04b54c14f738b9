package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.avccdb.KnownContent.Row;

/** Asks a database everything there is to ask, and compares. One that is damaged may refuse to answer, and say why. */
final class AllAnswers {
    private final AvccDb db;
    private final List<CorruptionException> refusals = new ArrayList<>();

    AllAnswers(AvccDb db) {
        this.db = db;
    }

    /** Compares with what was there after the write that ended with this sequence number. */
    void compare(KnownContent known, long sequence) {
        List<Row> rows = known.rows(sequence);
        List<Row> latest = known.latest(sequence);
        asking(() -> assertEquals(rows, forward(db.versionCursor(KeyRange.all()))));
        asking(() -> assertEquals(reversed(rows), backward(db.versionCursor(KeyRange.all()))));
        asking(() -> assertEquals(latest, forward(db.cursor(KeyRange.all()))));
        asking(() -> assertEquals(reversed(latest), backward(db.cursor(KeyRange.all()))));
        List<byte[]> keys = new ArrayList<>();
        for (String key : known.keys()) {
            List<Row> versions = known.versions(sequence, key);
            keys.add(KnownContent.bytes(key));
            asking(() -> compareKey(key, versions));
        }
        asking(() -> {
            List<byte[]> values = db.multiGet(keys);
            for (int i = 0; i < values.size(); i++) {
                String key = KnownContent.text(keys.get(i));
                assertEquals(valueOf(known.versions(sequence, key)), textOrNull(values.get(i)), key);
            }
        });
    }

    private void compareKey(String key, List<Row> versions) {
        byte[] asked = KnownContent.bytes(key);
        assertEquals(valueOf(versions), textOrNull(db.get(asked)), key);
        List<Row> history = new ArrayList<>();
        for (VersionedValue value : db.getVersionHistory(asked, 0, 0)) {
            history.add(new Row(key, value.version(), value.sequence(), KnownContent.text(value.value())));
        }
        assertEquals(reversed(versions), history, key);
        if (!versions.isEmpty()) {
            Row oldest = versions.get(versions.size() - 1);
            VersionedValue found = db.getAsOf(asked, oldest.version());
            assertEquals(oldest.value(), KnownContent.text(found.value()), key);
        }
    }

    private static String valueOf(List<Row> versions) {
        return versions.isEmpty() ? null : versions.get(0).value();
    }

    private static String textOrNull(byte[] bytes) {
        return bytes == null ? null : KnownContent.text(bytes);
    }

    /** Asks everything, whatever the answers are. */
    void exhaust(Iterable<String> keys) {
        asking(() -> forward(db.versionCursor(KeyRange.all())));
        asking(() -> backward(db.versionCursor(KeyRange.all())));
        asking(() -> forward(db.cursor(KeyRange.all())));
        asking(() -> backward(db.cursor(KeyRange.all())));
        for (String key : keys) {
            asking(() -> db.get(KnownContent.bytes(key)));
            asking(() -> db.getVersionHistory(KnownContent.bytes(key), 0, 0));
        }
    }

    private void asking(Runnable question) {
        try {
            question.run();
        } catch (CorruptionException refusal) {
            requireNamed(refusal);
            refusals.add(refusal);
        }
    }

    static void requireNamed(CorruptionException refusal) {
        assertFalse(refusal.file().isEmpty(), "no file is named");
        assertTrue(refusal.getMessage().startsWith(refusal.file()), refusal.getMessage());
    }

    /** Questions that were not answered. */
    List<CorruptionException> refusals() {
        return refusals;
    }

    static List<Row> forward(Cursor cursor) {
        return walk(cursor, cursor::next);
    }

    private static List<Row> backward(Cursor cursor) {
        boolean[] started = {false};
        return walk(cursor, () -> {
            boolean more = started[0] ? cursor.prev() : cursor.last();
            started[0] = true;
            return more;
        });
    }

    private static List<Row> walk(Cursor cursor, BooleanSupplier step) {
        List<Row> rows = new ArrayList<>();
        try (cursor) {
            while (step.getAsBoolean()) {
                rows.add(new Row(
                        KnownContent.text(cursor.keyBytes()),
                        cursor.version(),
                        cursor.sequence(),
                        KnownContent.text(cursor.valueBytes())));
            }
        }
        return rows;
    }

    private static List<Row> reversed(List<Row> rows) {
        List<Row> copy = new ArrayList<>(rows);
        Collections.reverse(copy);
        return copy;
    }
}
