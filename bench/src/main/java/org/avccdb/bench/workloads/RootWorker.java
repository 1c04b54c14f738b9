package org.avccdb.bench.workloads;

import org.avccdb.AvccDb;
import org.avccdb.bench.engines.AvccStore;
import org.avccdb.bench.load.Worker;
import org.avccdb.proof.MasterRoot;

/** Overwrites records, and asks for the root after each so many. */
final class RootWorker implements Worker {
    private final PutWorker puts;
    private final AvccDb db;
    private final int every;
    private boolean root;
    private MasterRoot last;
    private String complaint;

    RootWorker(final Task task, final int thread) {
        this.puts = new PutWorker(task, new UniformKeys(task, thread));
        this.db = ((AvccStore) task.store()).database();
        this.every = task.parameters().rootEvery();
    }

    @Override
    public void prepare(final long operation) {
        root = operation % every == every - 1;
        if (!root) {
            puts.prepare(operation);
        }
    }

    @Override
    public long perform() {
        if (!root) {
            return puts.perform();
        }
        // Of pipelined puts some may be on their way, and the root is to have them.
        puts.finish();
        final MasterRoot now = db.masterRoot();
        if (now.equals(last)) {
            complaint = "the root did not change with what was written";
        }
        last = now;
        return 0;
    }

    @Override
    public void finish() {
        puts.finish();
    }

    @Override
    public int kind() {
        return root ? 1 : 0;
    }

    @Override
    public String complaint() {
        return complaint;
    }

    @Override
    public void close() {
        puts.close();
    }
}
