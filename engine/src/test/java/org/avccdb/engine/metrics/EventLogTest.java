package org.avccdb.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.avccdb.CompactionCause;
import org.avccdb.EventListener;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.EventListener.CompactionBegun;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushBegun;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.EventListener.Rotated;
import org.avccdb.EventListener.TableCreated;
import org.avccdb.EventListener.TableDeleted;
import org.avccdb.EventListener.WriteStallBegun;
import org.avccdb.EventListener.WriteStallEnded;
import org.avccdb.EventListener.WritingStopped;
import org.avccdb.Latency;
import org.avccdb.StallCause;
import org.avccdb.Stats;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Instant NOW = Instant.parse("2024-05-06T07:08:09.123456Z");

    private final Metrics metrics = new Metrics();
    private final List<String> lines = new ArrayList<>();

    /** One event of each kind, with what reports it. */
    private static final Map<Object, Consumer<EventLog>> EVENTS = Map.ofEntries(
            event(new FlushBegun(1, 2, 3), EventLog::flushBegun),
            event(new FlushCompleted(1, 2, 3, 4, 5, 6, 7), EventLog::flushCompleted),
            event(new CompactionBegun(CompactionCause.RANGE, 1, 2, 3, 4), EventLog::compactionBegun),
            event(
                    new CompactionCompleted(CompactionCause.RANGE, 1, 2, false, 3, 4, 5, 6, 7),
                    EventLog::compactionCompleted),
            event(new TableCreated(1, 2, 3, 4), EventLog::tableCreated),
            event(new TableDeleted(1, 2), EventLog::tableDeleted),
            event(new WriteStallBegun(StallCause.ROTATION), EventLog::writeStallBegun),
            event(new WriteStallEnded(StallCause.ROTATION, 9), EventLog::writeStallEnded),
            event(new Rotated(1, 2, 3), EventLog::rotated),
            event(new BackgroundError("flush", new IllegalStateException("x")), EventLog::backgroundError),
            event(new WritingStopped("asked for", null), EventLog::writingStopped));

    private interface Report<E> {
        void to(EventLog log, E event);
    }

    private static <E> Map.Entry<Object, Consumer<EventLog>> event(final E event, final Report<E> report) {
        return Map.entry(event, log -> report.to(log, event));
    }

    private EventLog log(final EventListener listener) {
        return new EventLog(metrics, listener, lines::add, () -> NOW);
    }

    @Test
    void everyEventReachesTheListener() {
        final List<Object> seen = new ArrayList<>();
        final EventListener listener = listener((method, event) -> seen.add(event));
        final EventLog log = log(listener);
        EVENTS.forEach((event, report) -> report.accept(log));
        assertEquals(List.copyOf(EVENTS.keySet()), seen);
        final long kinds = Arrays.stream(EventListener.class.getMethods())
                .filter(Method::isDefault)
                .count();
        assertEquals(kinds, EVENTS.size(), "each kind of event is tried");
    }

    private interface Seen {
        void event(Method method, Object event);
    }

    private static EventListener listener(final Seen seen) {
        return (EventListener) Proxy.newProxyInstance(
                EventListener.class.getClassLoader(),
                new Class<?>[] {EventListener.class},
                (proxy, method, arguments) -> {
                    seen.event(method, arguments[0]);
                    return null;
                });
    }

    @Test
    void aListenerThatThrowsHarmsNothing() {
        for (final Throwable thrown : List.of(
                new IllegalStateException("mine"), new AssertionError("mine"), new StackOverflowError("mine"))) {
            lines.clear();
            final EventLog log = log(listener((method, event) -> sneak(thrown)));
            EVENTS.forEach((event, report) -> report.accept(log));
            log.drain();
            final List<String> complaints = lines.stream()
                    .filter(line -> line.contains("the event listener threw"))
                    .toList();
            assertEquals(EVENTS.size(), complaints.size());
            assertTrue(complaints.get(0).contains(thrown.toString()), complaints.get(0));
        }
        final Stats stats = metrics.stats(MetricsTest.gauges());
        assertEquals(3, stats.compactions().flushes());
        assertEquals(3, stats.writes().pauses());
        assertEquals(3, stats.journal().rotations());
        assertEquals(3, stats.compactions().errors());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(final Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void linesHaveTheTimeAndWaitForTheDrain() {
        final EventLog log = log(EventListener.NONE);
        log.line("one");
        log.flushBegun(new FlushBegun(1, 2, 3));
        assertEquals(List.of(), lines);
        assertEquals(2, log.drain());
        assertEquals(
                List.of(
                        "2024-05-06T07:08:09.123Z one",
                        "2024-05-06T07:08:09.123Z flush begun: 1 memtables, 2 records, 3 bytes"),
                lines);
        assertEquals(0, log.drain());
    }

    @Test
    void linesThatFindNoRoomAreCounted() {
        final EventLog log = log(EventListener.NONE);
        for (int i = 0; i < 3_000; i++) {
            log.line("line " + i);
        }
        final int written = log.drain();
        assertEquals(written + 1, lines.size());
        assertEquals("2024-05-06T07:08:09.123Z line 0", lines.get(0));
        assertEquals(
                (3_000 - written) + " lines were left out, because they came too fast", lines.get(lines.size() - 1));
        lines.clear();
        log.line("later");
        log.drain();
        assertEquals(1, lines.size());
    }

    @Test
    void failuresAreToldWithTheirCauses() {
        final EventLog log = log(EventListener.NONE);
        final Exception circle = new IllegalStateException("outer");
        circle.initCause(new IllegalArgumentException("inner", circle));
        log.failure("flush failed", circle);
        log.writingStopped(new WritingStopped("asked for", null));
        log.drain();
        assertTrue(
                lines.get(0)
                        .contains("flush failed: java.lang.IllegalStateException: outer,"
                                + " caused by java.lang.IllegalArgumentException: inner, caused by"),
                lines.get(0));
        assertTrue(lines.get(1).endsWith("no more writes are accepted: asked for"), lines.get(1));
    }

    @Test
    void linesOfManyThreadsAllArrive() throws InterruptedException {
        final EventLog log = log(EventListener.NONE);
        final List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            final String name = "thread " + t;
            final Thread thread = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    log.line(name + ", line " + i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            log.drain();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        log.drain();
        assertEquals(900, lines.stream().collect(Collectors.toSet()).size());
    }

    @Test
    void aFailingSinkReachesWhoDrains() {
        final EventLog log = new EventLog(
                metrics,
                EventListener.NONE,
                line -> {
                    throw new IllegalStateException(line);
                },
                () -> NOW);
        log.flushBegun(new FlushBegun(1, 2, 3));
        assertThrows(IllegalStateException.class, log::drain);
    }

    @Test
    void delaysAndSyncsAreMeasuredWithoutALine() {
        final EventLog log = log(EventListener.NONE);
        log.writesDelayed(5_000);
        log.journalSynced(7_000);
        assertEquals(0, log.drain());
        final Stats stats = metrics.stats(MetricsTest.gauges());
        assertEquals(1, stats.writes().delays());
        assertEquals(5_000, stats.writes().delayNanos());
        assertEquals(1, stats.journal().syncs());
        assertEquals(7_000, stats.journal().syncNanos());
        assertEquals(1, stats.latency(Latency.STALL).getTotalCount());
        assertEquals(1, stats.latency(Latency.JOURNAL_SYNC).getTotalCount());
    }
}
