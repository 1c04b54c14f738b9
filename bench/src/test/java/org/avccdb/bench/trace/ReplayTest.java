package org.avccdb.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.load.Clock;
import org.avccdb.bench.load.Loop;
import org.avccdb.bench.load.Worker;
import org.avccdb.bench.workloads.Task;
import org.avccdb.bench.workloads.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
    private static final long START = 5_000_000;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();

    /** Time that goes on only when somebody waits or works. */
    private static final class FakeClock implements Clock {
        private long now = 77;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void waitUntil(long deadline) {
            now = Math.max(now, deadline);
        }
    }

    /** Every kind of operation, a second apart, then two, and so on. */
    private void work(Session session) {
        ListStore.fill(session.key(), "one");
        ListStore.fill(session.value(), "first");
        session.put(0);
        step();
        session.await(session.submit(7));
        step();
        session.addToBatch();
        ListStore.fill(session.key(), "two");
        session.addToBatch();
        session.writeBatch();
        step();
        ListStore.fill(session.value(), "second");
        session.addToBatch();
        session.writeBatch();
        step();
        session.get();
        step();
        session.getAsOf(3);
        step();
        session.scan(12);
        step();
        session.scanAll();
    }

    private void step() {
        clock.now += START;
    }

    private List<String> record(Path file, int keyBytes, int valueBytes) {
        ListStore store = new ListStore(keyBytes, valueBytes);
        try (Recorder recorder = new Recorder(file, keyBytes, valueBytes, clock)) {
            Store recording = recorder.opened(store);
            recorder.begins("first");
            work(recording.session());
            clock.now += 1_000 * START;
            recorder.begins("idle");
            recorder.begins("second");
            work(recording.session());
        }
        return store.lines;
    }

    private void replay(Recording recording, Speed speed, Store store) {
        Replay replay = new Replay(recording, speed);
        for (Workload workload : replay.workloads()) {
            long operations = workload.operations().applyAsLong(replay.parameters());
            try (Worker worker = workload.worker().apply(Task.of(store, replay.parameters(), false), 0)) {
                new Loop(worker, replay.schedule(), clock, (kind, service, response, records) -> {})
                        .run(START, 0, 1, operations, () -> false);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,1", "16,100", "13,7", "24,8", "100,4097"})
    void everythingIsDoneAgainInOrder(int keyBytes, int valueBytes) {
        Path file = folder.resolve("recording");
        List<String> recorded = record(file, keyBytes, valueBytes);
        Recording recording = new Recording(file);
        assertEquals(16, recording.operations());
        assertEquals(10, recording.recordsPut());
        assertEquals(
                List.of("first", "second"),
                recording.phases().stream().map(Phase::name).toList());
        assertEquals(
                List.of(true, false),
                recording.phases().stream().map(Phase::fresh).toList());
        for (Speed speed : Speed.values()) {
            ListStore again = new ListStore(keyBytes, valueBytes);
            replay(recording, speed, again);
            assertEquals(recorded, again.lines);
        }
    }

    @Test
    void atOriginalSpeedOperationsBeginWhenTheyWereBegun() {
        Path file = folder.resolve("recording");
        ListStore store = new ListStore(8, 8);
        long[] gaps = {0, 1, 500, 0, 1_000_000_000_000L, 33, 4_000, 0};
        try (Recorder recorder = new Recorder(file, 8, 8, clock)) {
            Session session = recorder.opened(store).session();
            recorder.begins("gaps");
            for (long gap : gaps) {
                clock.now += gap;
                session.put(0);
            }
        }
        clock.now = 0;
        List<Long> begun = new ArrayList<>();
        ListStore again = new ListStore(8, 8);
        again.before = () -> begun.add(clock.now);
        replay(new Recording(file), Speed.ORIGINAL, again);
        List<Long> expected = new ArrayList<>();
        long due = START;
        for (long gap : gaps) {
            due += gap;
            expected.add(due);
        }
        assertEquals(expected, begun);

        clock.now = 0;
        begun.clear();
        replay(new Recording(file), Speed.FULL, again);
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), begun);
    }

    @Test
    void afterAStallWhatIsLateFollowsAtOnce() {
        Path file = folder.resolve("recording");
        try (Recorder recorder = new Recorder(file, 8, 8, clock)) {
            Session session = recorder.opened(new ListStore(8, 8)).session();
            recorder.begins("even");
            for (int i = 0; i < 6; i++) {
                session.get();
                clock.now += 10;
            }
        }
        clock.now = 0;
        List<Long> done = new ArrayList<>();
        ListStore slow = new ListStore(8, 8);
        slow.before = () -> {
            clock.now += done.size() == 1 ? 25 : 1;
            done.add(clock.now - START);
        };
        replay(new Recording(file), Speed.ORIGINAL, slow);
        assertEquals(List.of(1L, 35L, 36L, 37L, 41L, 51L), done);
    }

    @Test
    void moreThanIsMappedAtATimeComesBack() {
        int valueBytes = 1_000_003;
        Path file = folder.resolve("recording");
        ListStore store = new ListStore(16, valueBytes);
        try (Recorder recorder = new Recorder(file, 16, valueBytes, clock)) {
            Session session = recorder.opened(store).session();
            recorder.begins("large");
            for (int i = 0; i < 2 * TraceWriter.CHUNK / valueBytes + 2; i++) {
                ListStore.fill(session.key(), "key" + i);
                ListStore.fill(session.value(), "value" + i);
                session.put(i);
                if (i % 3 == 0) {
                    session.addToBatch();
                    session.writeBatch();
                }
            }
        }
        ListStore again = new ListStore(16, valueBytes);
        replay(new Recording(file), Speed.FULL, again);
        assertEquals(store.lines.hashCode(), again.lines.hashCode());
        assertEquals(store.lines.size(), again.lines.size());
    }

    @Test
    void threadsDoNotMixTheirBatches() throws InterruptedException {
        Path file = folder.resolve("recording");
        List<Thread> threads = new ArrayList<>();
        try (Recorder recorder = new Recorder(file, 8, 8, Clock.SYSTEM)) {
            recorder.begins("together");
            for (int i = 0; i < 3; i++) {
                String word = "t" + i;
                Session session = recorder.opened(new ListStore(8, 8)).session();
                threads.add(new Thread(() -> {
                    ListStore.fill(session.key(), word);
                    for (int batch = 0; batch < 500; batch++) {
                        session.addToBatch();
                        session.addToBatch();
                        session.writeBatch();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        ListStore again = new ListStore(8, 8);
        replay(new Recording(file), Speed.FULL, again);
        assertEquals(3 * 1_500, again.lines.size());
        for (int i = 0; i < again.lines.size(); i += 3) {
            assertEquals(again.lines.get(i), again.lines.get(i + 1));
            assertEquals("write", again.lines.get(i + 2));
        }
    }

    @Test
    void aFileThatIsThereIsNotTouched() throws Exception {
        Path file = Files.writeString(folder.resolve("recording"), "mine");
        assertThrows(UncheckedIOException.class, () -> new Recorder(file, 8, 8, clock));
        assertEquals("mine", Files.readString(file));
    }
}
