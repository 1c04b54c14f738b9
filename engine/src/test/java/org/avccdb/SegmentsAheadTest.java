package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A write that finds its journal segment full goes on in one that is there already. */
final class SegmentsAheadTest {
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int VALUE_BYTES = 1000;
    private static final int SEGMENTS = 20;

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void writesDoNotWaitForASegmentThatIsReady() throws Exception {
        Options options = Options.builder()
                .threadingMode(ThreadingMode.SHARED)
                .writeBufferBytes(4 << 20)
                .journalSegmentBytes(SEGMENT_BYTES)
                .build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            long key = 0;
            for (int segment = 0; segment < SEGMENTS; segment++) {
                while (segments() < segment + 2) {
                    Thread.onSpinWait();
                }
                // The file is there a moment before the segment can be used.
                Thread.sleep(30);
                for (int bytes = 0; bytes < SEGMENT_BYTES; bytes += VALUE_BYTES) {
                    db.put(("key" + key++).getBytes(StandardCharsets.UTF_8), new byte[VALUE_BYTES]);
                }
            }
            long pauses = db.stats().writes().pauses();
            assertTrue(pauses <= SEGMENTS / 4, () -> pauses + " pauses in " + SEGMENTS + " segments");
        }
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".journal"))
                    .count();
        }
    }
}
