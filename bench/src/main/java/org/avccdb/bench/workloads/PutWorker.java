package org.avccdb.bench.workloads;

import java.util.function.LongUnaryOperator;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** Puts plain records; the same number always has the same value. */
final class PutWorker implements Worker {
    /** Most writes that are on their way at the same time, where they are pipelined. */
    private static final int PIPELINE = 1_024;

    private final Task task;
    private final LongUnaryOperator numbers;
    private final Session session;
    private final boolean pipelined;
    private final long[] tickets = new long[PIPELINE];
    private long submitted;

    PutWorker(final Task task, final LongUnaryOperator numbers) {
        this.task = task;
        this.numbers = numbers;
        this.session = task.store().session();
        this.pipelined = task.parameters().pipelined();
    }

    @Override
    public void prepare(final long operation) {
        final long number = numbers.applyAsLong(operation);
        task.keys().write(number, session.key());
        task.values().write(number, session.value());
    }

    @Override
    public long perform() {
        if (pipelined) {
            submit();
        } else {
            session.put(0);
        }
        return 1;
    }

    private void submit() {
        final int slot = (int) (submitted % PIPELINE);
        if (submitted >= PIPELINE) {
            session.await(tickets[slot]);
        }
        tickets[slot] = session.submit(0);
        submitted++;
    }

    /** The last one is done when all before it are. */
    @Override
    public void finish() {
        if (submitted > 0) {
            session.await(tickets[(int) ((submitted - 1) % PIPELINE)]);
        }
    }

    @Override
    public int kind() {
        return 0;
    }

    @Override
    public void close() {
        session.close();
    }
}
