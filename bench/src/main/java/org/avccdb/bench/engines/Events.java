package org.avccdb.bench.engines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what one store reports of its background work. Any number of threads. */
public final class Events {
    /** More are counted, but not kept. */
    private static final int MAX_KEPT = 20_000;

    private final List<Event> kept = new ArrayList<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();
    private int running;
    private String failure;

    /** Background work begins. */
    public synchronized void begun() {
        running++;
    }

    /** Background work that began has ended. */
    public synchronized void ended() {
        running--;
    }

    /** Background work has failed. */
    public synchronized void failed(final String what) {
        failure = failure == null ? what : failure;
    }

    /** What failed first, or null. */
    public synchronized String failure() {
        return failure;
    }

    /** Whether no background work is known to run. */
    public synchronized boolean isQuiet() {
        return running == 0;
    }

    /** Keeps an event that ends now. */
    public void endedNow(final String kind, final long nanos, final long bytes, final String text) {
        final long now = System.nanoTime();
        add(new Event(kind, now - nanos, now, bytes, text));
    }

    synchronized void add(final Event event) {
        counters.merge(event.kind() + "Count", 1L, Long::sum);
        counters.merge(event.kind() + "Nanos", event.endNanos() - event.beginNanos(), Long::sum);
        counters.merge(event.kind() + "Bytes", event.bytes(), Long::sum);
        if (kept.size() < MAX_KEPT) {
            kept.add(event);
        }
    }

    /** Numbers, nanoseconds and bytes of each kind since the store was opened. */
    public synchronized Map<String, Long> counters() {
        return new LinkedHashMap<>(counters);
    }

    /** The events that ended in a stretch of time, both ends included. */
    public synchronized List<Event> between(final long fromNanos, final long toNanos) {
        final List<Event> found = new ArrayList<>();
        for (final Event event : kept) {
            if (event.endNanos() - fromNanos >= 0 && event.endNanos() - toNanos <= 0) {
                found.add(event);
            }
        }
        return found;
    }
}
