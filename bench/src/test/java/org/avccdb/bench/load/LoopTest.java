package org.avccdb.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long SERVICE = 10_000;
    private static final int OPERATIONS = 3_000;
    private static final int STALLED = 500;
    private static final long START = 77 * SECOND;

    private final FakeClock clock = new FakeClock();
    private final List<Long> service = new ArrayList<>();
    private final List<Long> response = new ArrayList<>();

    /** Time that goes on only when somebody waits or works. */
    private static final class FakeClock implements Clock {
        private long now = START;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void waitUntil(long deadline) {
            now = Math.max(now, deadline);
        }
    }

    /** Takes a little for each operation, and a second for one of them. */
    private final class StallingWorker implements Worker {
        private long operation;

        @Override
        public void prepare(long number) {
            operation = number;
        }

        @Override
        public long perform() {
            clock.now += operation == STALLED ? SECOND : SERVICE;
            return 1;
        }

        @Override
        public void close() {}
    }

    private void run(Schedule schedule) {
        Sink sink = (kind, serviceNanos, responseNanos, records) -> {
            service.add(serviceNanos);
            response.add(responseNanos);
        };
        new Loop(new StallingWorker(), schedule, clock, sink).run(START, 0, 1, OPERATIONS, () -> false);
    }

    @Test
    void aStallShowsInTheResponseTimesOfAllThatWereDueMeanwhile() {
        run(Schedule.openLoop(1_000));
        assertEquals(OPERATIONS, response.size());
        assertEquals(SECOND, response.get(STALLED));
        // One is due each millisecond, and one is done every ten microseconds once the stall is over.
        for (int late = 1; late < 1_000; late++) {
            long expected = Math.max(SERVICE, SECOND - late * MILLI + late * SERVICE);
            assertEquals(expected, response.get(STALLED + late), "operation " + (STALLED + late));
        }
    }

    @Test
    void serviceTimesShowTheStallOnce() {
        run(Schedule.openLoop(1_000));
        assertEquals(1, service.stream().filter(nanos -> nanos > SERVICE).count());
        assertTrue(response.stream().filter(nanos -> nanos > SERVICE).count() > 1_000);
    }

    @Test
    void operationsAreNotBegunBeforeTheyAreDue() {
        run(Schedule.openLoop(1_000));
        assertEquals(START + (OPERATIONS - 1) * MILLI + SERVICE, clock.now);
    }

    @Test
    void aClosedLoopHasNoTimesToMiss() {
        run(Schedule.closedLoop());
        assertEquals(service, response);
        assertEquals(START + SECOND + (OPERATIONS - 1) * SERVICE, clock.now);
    }

    @Test
    void threadsShareTheOperationsOfOneSchedule() {
        List<Long> ends = new ArrayList<>();
        Sink sink = (kind, serviceNanos, responseNanos, records) -> ends.add(clock.now);
        new Loop(new StallingWorker(), Schedule.openLoop(1_000), clock, sink).run(START, 1, 2, 6, () -> false);
        assertEquals(List.of(START + MILLI + SERVICE, START + 3 * MILLI + SERVICE, START + 5 * MILLI + SERVICE), ends);
    }

    @Test
    void itStopsWhenItIsTold() {
        Sink sink = (kind, serviceNanos, responseNanos, records) -> service.add(serviceNanos);
        new Loop(new StallingWorker(), Schedule.closedLoop(), clock, sink)
                .run(START, 0, 1, OPERATIONS, () -> service.size() == 5);
        assertEquals(5, service.size());
    }
}
