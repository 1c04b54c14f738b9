package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** A worker that reads by a session of its own, and looks at the answers. */
abstract class ReadWorker implements Worker {
    final Task task;
    final Session session;
    final Answers answers;

    ReadWorker(final Task task) {
        this.task = task;
        this.session = task.store().session();
        this.answers = new Answers(task);
    }

    @Override
    public final String complaint() {
        return answers.complaint();
    }

    @Override
    public final void close() {
        session.close();
    }
}
