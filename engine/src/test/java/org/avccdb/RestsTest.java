package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.threading.Background;
import org.avccdb.engine.threading.TestRests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who and what keeps the background of a database from resting. */
class RestsTest {
    private static final long WORKED = 1_000;
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);
    private static final Options OPTIONS = Options.builder()
            .writeBufferBytes(16 << 10)
            .maxFrozenMemtables(4)
            .threadingMode(ThreadingMode.INVOKER)
            .build();

    private EngineParts parts;
    private AvccDb db;
    private int keys;

    private void open(final Options options) {
        parts = Opening.open(new SimulatedStorage(), options, false);
        db = new AvccDb(new Engine(parts));
    }

    @AfterEach
    void close() {
        parts.invoker().run(parts.writeSide().background().agents());
        db.close();
    }

    private Background background() {
        return parts.writeSide().background();
    }

    private long rest() {
        return TestRests.after(background(), WORKED);
    }

    /** Lets so many agents work, the most urgent of them. */
    private void run(final int agents) {
        parts.invoker().run(background().agents().subList(0, agents));
    }

    /** One memtable, for which the writer takes a while. */
    private void fillSlowly() {
        final long end = parts.clock().getAsLong() + LONG;
        parts.waiting().until(() -> parts.clock().getAsLong() >= end);
        final long before = parts.runs().rotations();
        while (parts.runs().rotations() == before) {
            db.put(("key" + keys++).getBytes(UTF_8), new byte[100]);
        }
        rest();
    }

    private void flushed() {
        parts.waiting().until(() -> parts.runs().frozenCount() == 0);
    }

    @Test
    void whoWaitsForTheBackgroundKeepsItFromResting() {
        open(OPTIONS);
        assertEquals(0, rest());
        fillSlowly();
        flushed();
        assertEquals(WORKED, rest());
        background().await(parts.waiting(), () -> {
            assertEquals(0, rest());
            return true;
        });
        assertEquals(WORKED, rest());
    }

    @Test
    void callsThatWaitForFilesAreNotKeptWaiting() {
        open(OPTIONS);
        fillSlowly();
        flushed();
        final List<Long> rests = new ArrayList<>();
        final List<Agent> agents = new ArrayList<>(background().agents());
        agents.add(new Watcher(() -> rests.add(rest())));
        parts.invoker().run(agents);
        db.put("key".getBytes(UTF_8), new byte[1]);
        rests.clear();
        db.flush();
        db.compactRange(KeyRange.all());
        assertTrue(rests.stream().allMatch(rest -> rest == 0), rests::toString);
        assertTrue(rests.size() > 1, rests::toString);
    }

    @Test
    void aWriterThatHasNoRoomIsNotKeptWaiting() {
        open(OPTIONS);
        fillSlowly();
        flushed();
        assertEquals(WORKED, rest());
        final List<Long> rests = new ArrayList<>();
        final List<Agent> watcher = List.of(new Watcher(() -> {
            rests.add(rest());
            parts.invoker().run(background().agents());
        }));
        parts.invoker().run(watcher);
        db.put("larger than a memtable".getBytes(UTF_8), new byte[64 << 10]);
        assertEquals(List.of(0L), rests);
    }

    @Test
    void nothingRestsBehindTwoMemtables() {
        open(OPTIONS);
        run(1);
        fillSlowly();
        assertEquals(WORKED, rest());
        fillSlowly();
        assertEquals(0, rest());
    }

    @Test
    void nothingRestsShortBeforeLevel0DelaysWriters() {
        open(OPTIONS);
        // Housekeeping, files for callers, flush.
        run(3);
        for (int tables = 1; tables < 15; tables++) {
            fillSlowly();
            flushed();
            assertEquals(WORKED, rest(), () -> parts.runs().level0Count() + " tables");
        }
        while (parts.runs().level0Count() < 15) {
            fillSlowly();
            flushed();
        }
        assertEquals(0, rest());
    }

    /** Looks at something while others wait, and has no work. */
    private static final class Watcher implements Agent {
        private final Runnable look;

        Watcher(final Runnable look) {
            this.look = look;
        }

        @Override
        public int doWork() {
            look.run();
            return 0;
        }

        @Override
        public String roleName() {
            return "watcher";
        }
    }
}
