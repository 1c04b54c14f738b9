package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.avccdb.engine.journal.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that finds its journal segment full goes on in one that is there already. */
final class SegmentsAheadTest {
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int VALUE_BYTES = 1000;
    private static final int SEGMENTS = 20;

    @TempDir
    Path directory;

    @Test
    void writesDoNotWaitForASegmentThatIsReady() throws Exception {
        Options options = Options.builder()
                .threadingMode(ThreadingMode.SHARED)
                .writeBufferBytes(4 << 20)
                .journalSegmentBytes(SEGMENT_BYTES)
                .build();
        try (Watched watched = Watched.open(directory, options)) {
            AvccDb db = watched.db();
            Journal journal = watched.parts().writeSide().journal();
            long key = 0;
            for (int segment = 0; segment < SEGMENTS; segment++) {
                while (!journal.isNextReady()) {
                    Thread.sleep(1);
                }
                for (int bytes = 0; bytes < SEGMENT_BYTES; bytes += VALUE_BYTES) {
                    db.put(("key" + key++).getBytes(StandardCharsets.UTF_8), new byte[VALUE_BYTES]);
                }
            }
            long pauses = db.stats().writes().pauses();
            assertTrue(pauses <= SEGMENTS / 4, () -> pauses + " pauses in " + SEGMENTS + " segments");
        }
    }
}
