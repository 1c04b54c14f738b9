package org.avccdb.bench.job;

import org.avccdb.AvccDb;
import org.avccdb.KeyRange;
import org.avccdb.Snapshot;
import org.avccdb.bench.workloads.Task;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofRejectedException;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.avccdb.proof.VerifiedHistory;

/** Makes proofs of what was written and verifies them, against the root of before a compaction and that of after it. */
final class ProofChecks {
    private final AvccDb db;
    private final Samples samples;
    private final int versions;

    ProofChecks(final AvccDb db, final Task task) {
        this.db = db;
        this.samples = new Samples(task);
        this.versions = task.parameters().versions();
    }

    /** Proofs of sampled keys: latest, a version, the history, absence. */
    Stage proofs(final String name, final Snapshot snapshot, final long count) {
        final Stage stage = new Stage(name);
        final MasterRoot root = stage.time("root", snapshot::masterRoot);
        samples.forEach(0, count, number -> {
            final byte[] key = samples.key(number);
            final byte[] latest = stage.time("prove latest", () -> snapshot.proveLatest(key));
            final Verified verified = stage.time("verify latest", () -> ProofVerifier.verifyLatest(root, key, latest));
            stage.expect(
                    verified.isPresent() && samples.isValue(verified.value(), number, versions),
                    () -> "proof of the latest value of key " + number);
            final long version = 1 + number % versions;
            final byte[] exact = stage.time("prove version", () -> snapshot.proveVersion(key, version));
            final Verified ofVersion =
                    stage.time("verify version", () -> ProofVerifier.verifyVersion(root, key, version, exact));
            stage.expect(
                    ofVersion.isPresent() && samples.isValue(ofVersion.value(), number, version),
                    () -> "proof of version " + version + " of key " + number);
            final byte[] history = stage.time("prove history", () -> snapshot.proveHistory(key, 0, 0));
            final VerifiedHistory ofHistory =
                    stage.time("verify history", () -> ProofVerifier.verifyHistory(root, key, 0, 0, history));
            stage.addProof("latest value", latest);
            stage.addProof("version", exact);
            stage.addProof("history", history);
            stage.expect(ofHistory.entries().size() == versions, () -> "proof of the history of key " + number);
            final byte[] missing = samples.missingKey(number);
            final byte[] absence = stage.time("prove absence", () -> snapshot.proveLatest(missing));
            stage.addProof("absence", absence);
            stage.expect(
                    !stage.time("verify absence", () -> ProofVerifier.verifyLatest(root, missing, absence))
                            .isPresent(),
                    () -> "proof that a key is absent, next to key " + number);
        });
        return stage;
    }

    /** The root of before a compaction goes on holding for its snapshot; neither root takes the other's proofs. */
    Stage rootsAcrossCompaction(final String name, final Snapshot before, final long count) {
        final Stage stage = new Stage(name);
        final MasterRoot rootBefore = before.masterRoot();
        stage.time("compaction", () -> {
            db.compactRange(KeyRange.all());
            return null;
        });
        stage.expect(before.masterRoot().equals(rootBefore), () -> "the root of an open snapshot changed");
        try (Snapshot after = db.snapshot()) {
            final MasterRoot rootAfter = after.masterRoot();
            stage.expect(db.masterRoot().equals(rootAfter), () -> "the root changed without a write");
            samples.forEach(count, count, number -> {
                final byte[] key = samples.key(number);
                final byte[] oldProof = before.proveLatest(key);
                final byte[] newProof = after.proveLatest(key);
                stage.expect(isProven(rootBefore, key, number, oldProof), () -> "old root, key " + number);
                stage.expect(isProven(rootAfter, key, number, newProof), () -> "new root, key " + number);
                if (!rootBefore.equals(rootAfter)) {
                    stage.expect(!isProven(rootAfter, key, number, oldProof), () -> "old proof, new root taken");
                    stage.expect(!isProven(rootBefore, key, number, newProof), () -> "new proof, old root taken");
                }
            });
        }
        return stage;
    }

    private boolean isProven(final MasterRoot root, final byte[] key, final long number, final byte[] proof) {
        try {
            final Verified verified = ProofVerifier.verifyLatest(root, key, proof);
            return verified.isPresent() && samples.isValue(verified.value(), number, versions);
        } catch (final ProofRejectedException e) {
            return false;
        }
    }
}
