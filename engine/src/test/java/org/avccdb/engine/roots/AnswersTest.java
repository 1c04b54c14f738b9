package org.avccdb.engine.roots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.ThreadingMode;
import org.avccdb.VersionedValue;
import org.avccdb.proof.OpenedLeaf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
    private static OpenedLeaf leaf(long sequence, int valueLength) {
        return new OpenedLeaf(1, new byte[10], 0, sequence, valueLength, new byte[Math.min(valueLength, 32)]);
    }

    @Test
    void completesLongValuesOfTheAnswerAlone() {
        byte[] value = new byte[33];
        Answers answers = Answers.of(List.of(new VersionedValue(value, 1, 7), new VersionedValue(new byte[32], 1, 8)));
        assertEquals(2, answers.count());
        assertArrayEquals(value, answers.complete(leaf(7, 33)).value());
        OpenedLeaf other = leaf(9, 33);
        assertSame(other, answers.complete(other));
        OpenedLeaf shortOne = leaf(8, 32);
        assertSame(shortOne, answers.complete(shortOne));
    }

    @Test
    void refusesToShowTooMuch() {
        Answers answers = new Answers(100_000);
        String message = assertThrows(IllegalArgumentException.class, () -> {
                    while (true) {
                        answers.complete(leaf(1, 3));
                    }
                })
                .getMessage();
        assertTrue(message.contains("smaller limit"), message);
    }

    /** What is read is counted while it is read: it would not fit into memory. */
    @Test
    void refusesToReadTooMuch(@TempDir java.nio.file.Path directory) {
        Options options = Options.builder().threadingMode(ThreadingMode.INVOKER).build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            for (int i = 0; i < 50; i++) {
                db.put(new byte[] {(byte) i}, new byte[1000]);
            }
            Answers answers = new Answers(20_000);
            try (Cursor cursor = db.cursor(KeyRange.all())) {
                assertThrows(IllegalArgumentException.class, () -> {
                    while (cursor.next()) {
                        answers.add(cursor);
                    }
                });
            }
            assertTrue(answers.count() < 20, () -> answers.count() + " values were read");
        }
    }
}
