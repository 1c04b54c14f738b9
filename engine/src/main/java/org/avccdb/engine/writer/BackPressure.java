package org.avccdb.engine.writer;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.avccdb.AvccDbException;
import org.avccdb.Options;
import org.avccdb.StallCause;
import org.avccdb.engine.ingest.Waiting;

/**
 * Slows writes down where flush and compaction cannot keep up. Used by the writer's role alone; readers and writes that were
 * acknowledged are not touched.
 *
 * <p>Between the slowdown and the pause trigger of level 0 the delay grows with the count of tables, byte by byte, so that
 * there is no step; short delays are saved up, because a sleep cannot be short. At the pause trigger it waits.
 */
final class BackPressure {
    /** Just above the slowdown trigger, writes are let through at 64 MiB/s. */
    private static final double FIRST_NANOS_PER_BYTE = 15;
    /** Just below the pause trigger, at 4 MiB/s. */
    private static final double LAST_NANOS_PER_BYTE = 240;
    /** Below this a sleep takes longer than asked. */
    private static final long LEAST_DELAY_NANOS = 100_000;

    private final int slowdownTrigger;
    private final int pauseTrigger;
    private final LiveRuns runs;
    private final Hindrances hindrances;
    private final Waiting waiting;
    private final LongSupplier clock;
    private final WriterObserver observer;

    private double debtNanos;

    BackPressure(
            final Options options,
            final LiveRuns runs,
            final Hindrances hindrances,
            final Waiting waiting,
            final LongSupplier clock,
            final WriterObserver observer) {
        this.slowdownTrigger = options.writeL0SlowdownTrigger();
        this.pauseTrigger = options.writeL0PauseTrigger();
        this.runs = runs;
        this.hindrances = hindrances;
        this.waiting = waiting;
        this.clock = clock;
        this.observer = observer;
    }

    /** Returns when so many bytes may be written; throws where they cannot be for want of room. */
    void admit(final long bytes) {
        final int tables = runs.level0Count();
        if (tables < slowdownTrigger) {
            debtNanos = 0;
        } else if (tables < pauseTrigger) {
            delay(bytes, (double) (tables - slowdownTrigger) / (pauseTrigger - slowdownTrigger));
        } else {
            await(StallCause.LEVEL0_PAUSE, () -> runs.level0Count() < pauseTrigger);
        }
    }

    private void delay(final long bytes, final double share) {
        debtNanos += bytes * (FIRST_NANOS_PER_BYTE + share * (LAST_NANOS_PER_BYTE - FIRST_NANOS_PER_BYTE));
        if (debtNanos < LEAST_DELAY_NANOS) {
            return;
        }
        final long begin = clock.getAsLong();
        final long end = begin + (long) debtNanos;
        debtNanos = 0;
        waiting.until(() -> clock.getAsLong() - end >= 0);
        observer.delayed(clock.getAsLong() - begin);
    }

    /** Waits for a condition that background work brings about, and throws what keeps that from going on. */
    void await(final StallCause cause, final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            awaitOnce(cause, condition);
        }
    }

    private void awaitOnce(final StallCause cause, final BooleanSupplier condition) {
        final long begin = clock.getAsLong();
        observer.stallBegins(cause);
        waiting.until(() -> condition.getAsBoolean() || hindrances.against(cause) != null);
        observer.stallEnded(cause, clock.getAsLong() - begin);
        final AvccDbException hindered = condition.getAsBoolean() ? null : hindrances.against(cause);
        if (hindered != null) {
            throw hindered;
        }
    }
}
