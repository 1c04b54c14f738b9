package org.avccdb.engine.threading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.avccdb.AvccDbException;
import org.avccdb.ThreadRole;
import org.avccdb.ThreadingMode;
import org.avccdb.engine.compaction.Backoff;
import org.avccdb.engine.compaction.CompactionTask;
import org.avccdb.engine.compaction.TaskContext;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.writer.Hindrances;
import org.avccdb.engine.writer.LiveRuns;
import org.avccdb.engine.writer.Supplies;

/** The background agents of a database that is open for writing, and how they are spread over threads. */
public final class Background {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Housekeeper housekeeper;
    private final Retry supplyRetry;
    private final Retry flushRetry;
    private final FlushAgent flush;
    private final FlushAgent secondFlush;
    private final CompactionAgent compaction;
    private final CompactionHelper compactionHelper;
    private final AtomicInteger waiters = new AtomicInteger();
    private final Leisure leisure;
    private final boolean isHelped;
    private final SpillAgent spill;
    private final HashingAgent hashing;
    private final Wakeup flushWakeup;
    private final Wakeup compactionWakeup;
    private final Wakeup helperWakeup = new Wakeup();

    /**
     * The agents of a database.
     *
     * @param hashing hashes for other threads; null where nothing is hashed
     * @param hashers who hashes what a memtable has when that becomes a table
     */
    public Background(
            final TaskContext context,
            final LiveRuns runs,
            final Supplies supplies,
            final Hindrances hindrances,
            final Installer installer,
            final CompactionQueue compactions,
            final List<IntSupplier> chores,
            final TaskEvents events,
            final HashingAgent hashing,
            final Function<Memtable, HashWorker> hashers,
            final ThreadingMode mode) {
        final LongSupplier clock = context.nanoClock();
        // One thread has one wakeup, whoever of its agents is called.
        final boolean dedicated = mode == ThreadingMode.DEDICATED;
        flushWakeup = dedicated || hashing == null ? new Wakeup() : hashing.wakeup();
        compactionWakeup = dedicated ? new Wakeup() : flushWakeup;
        supplyRetry = retry(clock, hindrances::supplies);
        flushRetry = retry(clock, hindrances::flush);
        housekeeper = new Housekeeper(supplies, chores, events, supplyRetry);
        spill = new SpillAgent();
        this.hashing = hashing;
        final FlushOrder order = new FlushOrder(
                runs,
                (frozen, older) -> new FlushTask(
                        context.hashedBy(hashers.apply(frozen.memtable())),
                        List.of(frozen.memtable()),
                        older,
                        frozen.nextJournal()));
        flush = new FlushAgent(order, () -> true, runs, installer, events, flushRetry);
        final int maxFrozen = context.options().maxFrozenMemtables();
        // What fails here is begun again by the first one, which tells the writer where it fails there too.
        secondFlush = new FlushAgent(
                order,
                () -> supplies.isArenaWanted() && runs.frozenCount() >= maxFrozen,
                runs,
                installer,
                events,
                retry(clock, whyNot -> {}));
        compaction = new CompactionAgent(
                runs,
                compactions::next,
                compactions::meanwhile,
                plan -> new CompactionTask(context, plan),
                installer,
                events,
                retry(clock, hindrances::compaction));
        final int slowdownTrigger = context.options().writeL0SlowdownTrigger();
        compactionHelper = new CompactionHelper(
                compaction::presentTask, () -> runs.level0Count() >= slowdownTrigger || compactions.isResting());
        // From that many tables on nothing rests: writers are not to be delayed because the background took its time.
        final int fullEnough = slowdownTrigger - slowdownTrigger / 4;
        leisure = new Leisure(
                runs::rotations,
                () -> runs.frozenCount() > 0,
                () -> waiters.get() > 0
                        || supplies.isWanted()
                        || runs.frozenCount() > 1
                        || runs.level0Count() >= fullEnough,
                clock);
        // Who pins compactions has decided which cores they get.
        isHelped = !context.options().pinning().containsKey(ThreadRole.COMPACTION);
    }

    /** What a database that is open to read only needs: to free what no reader sees any more. */
    public static Agent forReading(final List<IntSupplier> chores, final TaskEvents events, final LongSupplier clock) {
        return new Housekeeper(null, chores, events, retry(clock, whyNot -> {}));
    }

    private static Retry retry(final LongSupplier clock, final Consumer<AvccDbException> hindrance) {
        return new Retry(new Backoff(FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS, clock), hindrance);
    }

    /** Starts the threads. */
    public void start(final Threads threads, final ThreadingMode mode) {
        if (mode == ThreadingMode.DEDICATED) {
            threads.start("flush", ThreadRole.FLUSH, flushWakeup, this::restAfter, housekeeper, spill, flush);
            threads.start("compaction", ThreadRole.COMPACTION, compactionWakeup, this::restAfter, compaction);
            if (hashing != null) {
                threads.start("hashing", ThreadRole.HASHING, hashing.wakeup(), hashing);
            }
        } else {
            threads.start(
                    "background", ThreadRole.COMPACTION, flushWakeup, this::restAfter, alone().toArray(new Agent[0]));
        }
        if (isHelped) {
            threads.start("helper", ThreadRole.COMPACTION, helperWakeup, secondFlush, compactionHelper);
        }
    }

    /** How long a thread that has worked so long may rest. Any background thread. */
    long restAfter(final long workedNanos) {
        return leisure.after(workedNanos);
    }

    /** Waits for what the background brings about, which does not rest meanwhile. Any thread. */
    public void await(final Waiting waiting, final BooleanSupplier condition) {
        waiters.incrementAndGet();
        try {
            wake();
            waiting.until(condition);
        } finally {
            waiters.decrementAndGet();
        }
    }

    /** All agents, the most urgent first. */
    public List<Agent> agents() {
        final List<Agent> all = alone();
        all.add(secondFlush);
        all.add(compactionHelper);
        return all;
    }

    /** Those that one thread can run. */
    private List<Agent> alone() {
        final List<Agent> all = new ArrayList<>(List.of(housekeeper, spill, flush));
        if (hashing != null) {
            all.add(hashing);
        }
        all.add(compaction);
        return all;
    }

    /** Makes tables of memtables that are in no version. */
    public SpillAgent spill() {
        return spill;
    }

    public FlushAgent flush() {
        return flush;
    }

    public CompactionAgent compaction() {
        return compaction;
    }

    /**
     * Lets what keeps memtables from becoming tables be tried again now.
     *
     * @return whether it has been
     */
    public BooleanSupplier retryFlush() {
        final BooleanSupplier supplied = supplyRetry.again();
        final BooleanSupplier flushed = flushRetry.again();
        wake();
        return () -> supplied.getAsBoolean() && flushed.getAsBoolean();
    }

    /** There may be work for any of them. */
    public void wake() {
        flushWakeup.call();
        compactionWakeup.call();
        helperWakeup.call();
    }
}
