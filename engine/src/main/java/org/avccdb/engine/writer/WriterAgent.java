package org.avccdb.engine.writer;

import org.agrona.concurrent.Agent;

/** The writer's own work, for the thread or the scheduler that runs it. */
public final class WriterAgent implements Agent {
    private final Writer writer;

    public WriterAgent(final Writer writer) {
        this.writer = writer;
    }

    @Override
    public void onStart() {
        writer.attach(Thread.currentThread());
    }

    @Override
    public int doWork() {
        return writer.work();
    }

    /** Sleeps until there is work. */
    public void sleep(final long nanos) {
        writer.sleep(nanos);
    }

    /** Ends a sleep. */
    public void wake() {
        writer.wake();
    }

    @Override
    public String roleName() {
        return "writer";
    }
}
