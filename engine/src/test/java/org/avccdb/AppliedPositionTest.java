package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caller's position goes where the records go, and also where there are none. */
final class AppliedPositionTest {
    @TempDir
    Path directory;

    private static WriteBatch batch(long position) {
        WriteBatch batch = new WriteBatch();
        batch.appliedPosition(position);
        return batch;
    }

    private void assertPosition(long expected, Path where) {
        try (AvccDb copy = AvccDb.open(where, Options.builder().readOnly(true).build())) {
            assertEquals(expected, copy.appliedPosition());
        }
    }

    @Test
    void aPositionWithoutRecordsIsInACheckpoint() {
        try (AvccDb db = AvccDb.open(directory.resolve("db"))) {
            db.write(batch(7));
            db.checkpoint(directory.resolve("alone"));
            assertPosition(7, directory.resolve("alone"));
            db.put(new byte[1], new byte[1]);
            db.write(batch(8));
            db.checkpoint(directory.resolve("with"));
            assertPosition(8, directory.resolve("with"));
            db.write(batch(3));
            db.flush();
            db.flush();
            assertEquals(3, db.appliedPosition());
        }
        assertPosition(3, directory.resolve("db"));
    }
}
