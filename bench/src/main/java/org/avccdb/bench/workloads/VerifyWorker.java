package org.avccdb.bench.workloads;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Snapshot;
import org.avccdb.bench.engines.AvccStore;
import org.avccdb.bench.load.Worker;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;

/** Verifies proofs that were made before, one after the other, again and again. */
final class VerifyWorker implements Worker {
    private static final int PROOFS = 1_000;

    private final Task task;
    private final MasterRoot root;
    private final List<Proven> proofs = new ArrayList<>();
    private final Answers answers;
    private Proven asked;

    VerifyWorker(final Task task, final int thread) {
        this.task = task;
        this.answers = new Answers(task);
        final UniformKeys numbers = new UniformKeys(task, thread);
        try (Snapshot snapshot = ((AvccStore) task.store()).database().snapshot()) {
            root = snapshot.masterRoot();
            for (int i = 0; i < PROOFS; i++) {
                final long number = numbers.applyAsLong(i);
                final byte[] key = new byte[task.parameters().keyBytes()];
                task.keys().write(number, new UnsafeBuffer(key));
                proofs.add(new Proven(number, key, snapshot.proveLatest(key)));
            }
        }
    }

    private static final class Proven {
        private final long number;
        private final byte[] key;
        private final byte[] proof;

        Proven(final long number, final byte[] key, final byte[] proof) {
            this.number = number;
            this.key = key;
            this.proof = proof;
        }
    }

    @Override
    public void prepare(final long operation) {
        asked = proofs.get((int) (operation % PROOFS));
    }

    @Override
    public long perform() {
        final Verified verified = ProofVerifier.verifyLatest(root, asked.key, asked.proof);
        answers.expect(verified.isPresent() && task.values().matches(asked.number, new UnsafeBuffer(verified.value())));
        return 1;
    }

    @Override
    public String complaint() {
        return answers.complaint();
    }

    @Override
    public void close() {}
}
