package org.avccdb.engine.threading;

import org.agrona.concurrent.Agent;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * Does short pieces of file work for callers' threads, so that an interrupt does not catch them in the middle of it.
 * Any thread hands work in and asks whether it is done; one thread at a time steps it.
 */
public final class SpillAgent implements Agent {
    private static final int CHUNK = 16;

    private final MpscUnboundedVarHandleArrayQueue<Job> jobs = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);

    /** Work that was handed in. */
    public static final class Job {
        private final Runnable work;
        private Throwable failure;
        private volatile boolean done;

        private Job(final Runnable work) {
            this.work = work;
        }

        public boolean isDone() {
            return done;
        }

        /** Throws what the work threw, if it did. */
        public void check() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    /** Hands work in. */
    public Job add(final Runnable work) {
        final Job job = new Job(work);
        jobs.add(job);
        return job;
    }

    @Override
    public int doWork() {
        final Job job = jobs.poll();
        if (job == null) {
            return 0;
        }
        try {
            job.work.run();
        } catch (final RuntimeException | Error failure) {
            job.failure = failure;
        } finally {
            job.done = true;
        }
        return 1;
    }

    @Override
    public String roleName() {
        return "spill";
    }
}
