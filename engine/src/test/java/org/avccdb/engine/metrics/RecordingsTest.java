package org.avccdb.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.avccdb.CompactionCause;
import org.avccdb.EventListener;
import org.avccdb.StallCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    private final EventLog log = new EventLog(new Metrics(), EventListener.NONE, line -> {}, () -> Instant.EPOCH);

    private void reportAll() {
        log.flushCompleted(new EventListener.FlushCompleted(1, 2, 3, 4, 5, 6, 7_000));
        log.compactionCompleted(
                new EventListener.CompactionCompleted(CompactionCause.LEVEL_SIZE, 1, 2, true, 3, 4, 5, 6, 7_000));
        log.writeStallEnded(new EventListener.WriteStallEnded(StallCause.LEVEL0_PAUSE, 8_000));
        log.rotated(new EventListener.Rotated(1, 2, 9_000));
        log.journalSynced(10_000);
    }

    @Test
    void eventsAreRecordedOnlyWhileSomebodyRecords(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            reportAll();
            recording.start();
            reportAll();
            recording.stop();
            reportAll();
            recording.dump(file);
        }
        final List<RecordedEvent> recorded = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("org.avccdb."))
                .toList();
        final Map<String, RecordedEvent> events = recorded.stream()
                .collect(Collectors.toMap(event -> event.getEventType().getName(), Function.identity()));
        assertEquals(5, events.size());
        assertEquals(Duration.ofNanos(7_000), events.get("org.avccdb.Flush").getDuration("took"));
        assertEquals(6, events.get("org.avccdb.Flush").getLong("tableBytes"));
        assertEquals("LEVEL_SIZE", events.get("org.avccdb.Compaction").getString("cause"));
        assertEquals(6, events.get("org.avccdb.Compaction").getLong("bytesWritten"));
        assertEquals("LEVEL0_PAUSE", events.get("org.avccdb.WriteStall").getString("cause"));
        assertEquals(Duration.ofNanos(9_000), events.get("org.avccdb.Rotation").getDuration("took"));
        assertEquals(
                Duration.ofNanos(10_000), events.get("org.avccdb.JournalSync").getDuration("took"));
    }
}
