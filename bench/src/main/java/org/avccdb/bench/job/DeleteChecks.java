package org.avccdb.bench.job;

import org.avccdb.AvccDb;
import org.avccdb.Snapshot;
import org.avccdb.bench.workloads.Task;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;

/** Deletes whole keys and the latest versions of others, and looks what is left. */
final class DeleteChecks {
    private final AvccDb db;
    private final Samples samples;
    private final int versions;

    DeleteChecks(final AvccDb db, final Task task) {
        this.db = db;
        this.samples = new Samples(task);
        this.versions = task.parameters().versions();
    }

    /** Deletes so many keys, and so many latest versions of other keys. */
    Stage deletes(final String name, final long count) {
        final Stage stage = new Stage(name);
        samples.forEach(0, count, number -> stage.time("delete", () -> db.delete(samples.key(number))));
        samples.forEach(
                count,
                count,
                number -> stage.time("deleteVersion", () -> db.deleteVersion(samples.key(number), versions)));
        try (Snapshot snapshot = db.snapshot()) {
            final MasterRoot root = snapshot.masterRoot();
            samples.forEach(0, count, number -> {
                final byte[] key = samples.key(number);
                stage.expect(isGone(key), () -> "key " + number + " is there after its delete");
                stage.expect(
                        !ProofVerifier.verifyLatest(root, key, snapshot.proveLatest(key))
                                .isPresent(),
                        () -> "proof that key " + number + " was deleted");
            });
        }
        samples.forEach(count, count, number -> {
            final byte[] key = samples.key(number);
            final byte[] left = db.get(key);
            stage.expect(
                    versions == 1 ? left == null : samples.isValue(left, number, versions - 1L),
                    () -> "key " + number + " after the delete of its latest version");
        });
        samples.forEach(
                2 * count,
                count,
                number -> stage.expect(
                        samples.isValue(db.get(samples.key(number)), number, versions),
                        () -> "key " + number + ", which was not deleted"));
        return stage;
    }

    private boolean isGone(final byte[] key) {
        return db.get(key) == null
                && db.getWithVersion(key, 1) == null
                && db.getVersionHistory(key, 0, 0).isEmpty();
    }
}
