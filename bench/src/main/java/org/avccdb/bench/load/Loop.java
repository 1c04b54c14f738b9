package org.avccdb.bench.load;

import java.util.function.BooleanSupplier;

/**
 * The measured loop of one thread. An operation that is late is begun at once, and its response time counts from when it was
 * due: a stall shows in every operation that was due meanwhile.
 */
public final class Loop {
    private final Worker worker;
    private final Schedule schedule;
    private final Clock clock;
    private final Sink sink;

    /** Made for one thread. */
    public Loop(final Worker worker, final Schedule schedule, final Clock clock, final Sink sink) {
        this.worker = worker;
        this.schedule = schedule;
        this.clock = clock;
        this.sink = sink;
    }

    /** Does the operations first, first + step, … below count, or until it is told to stop. */
    public void run(
            final long startNanos, final long first, final long step, final long count, final BooleanSupplier stopped) {
        final boolean open = schedule.isOpen();
        for (long operation = first; operation < count && !stopped.getAsBoolean(); operation += step) {
            worker.prepare(operation);
            long due = 0;
            if (open) {
                due = startNanos + schedule.dueNanos(operation);
                clock.waitUntil(due);
            }
            final long begin = clock.nanos();
            final long records = worker.perform();
            final long end = clock.nanos();
            sink.record(worker.kind(), end - begin, end - (open ? due : begin), records);
        }
        worker.finish();
    }
}
