package org.avccdb.bench.job;

import java.util.Arrays;
import java.util.List;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;
import org.avccdb.bench.workloads.Task;

/** Reads what was written: every version of sampled keys, and everything in order. */
final class ReadChecks {
    private final AvccDb db;
    private final Task task;
    private final Samples samples;
    private final int versions;

    ReadChecks(final AvccDb db, final Task task) {
        this.db = db;
        this.task = task;
        this.samples = new Samples(task);
        this.versions = task.parameters().versions();
    }

    /** Every version of sampled keys, by all ways there are. */
    Stage everyVersion(final String name, final long count) {
        final Stage stage = new Stage(name);
        samples.forEach(0, count, number -> {
            final byte[] key = samples.key(number);
            for (long version = 1; version <= versions; version++) {
                final long asked = version;
                final byte[] exact = stage.time("getWithVersion", () -> db.getWithVersion(key, asked));
                stage.expect(samples.isValue(exact, number, version), () -> "version " + asked + " of key " + number);
                final VersionedValue asOf = stage.time("getAsOf", () -> db.getAsOf(key, asked));
                stage.expect(
                        asOf != null && asOf.version() == version && samples.isValue(asOf.value(), number, version),
                        () -> "as of version " + asked + " of key " + number);
            }
            final byte[] latest = stage.time("get", () -> db.get(key));
            stage.expect(samples.isValue(latest, number, versions), () -> "latest of key " + number);
            stage.expect(db.getWithVersion(key, versions + 1L) == null, () -> "a version that never was");
            history(stage, number, key);
            stage.expect(db.get(samples.missingKey(number)) == null, () -> "a key that never was");
        });
        return stage;
    }

    private void history(final Stage stage, final long number, final byte[] key) {
        final List<VersionedValue> history = stage.time("getVersionHistory", () -> db.getVersionHistory(key, 0, 0));
        boolean right = history.size() == versions;
        for (int i = 0; right && i < versions; i++) {
            right = history.get(i).version() == i + 1
                    && samples.isValue(history.get(i).value(), number, i + 1L);
        }
        stage.expect(right, () -> "history of key " + number);
    }

    /** All latest values, and all versions: how many there are, and in which order. */
    Stage iteration(final String name, final long expectedKeys, final long expectedRecords) {
        final Stage stage = new Stage(name);
        final long keys = stage.time("all keys", () -> walk(stage, db.cursor(KeyRange.all()), false));
        stage.expect(keys == expectedKeys, () -> keys + " keys, not " + expectedKeys);
        final long records = stage.time("all versions", () -> walk(stage, db.versionCursor(KeyRange.all()), true));
        stage.expect(records == expectedRecords, () -> records + " records, not " + expectedRecords);
        stage.addRecords(keys + records);
        return stage;
    }

    private long walk(final Stage stage, final Cursor opened, final boolean allVersions) {
        long count = 0;
        byte[] before = null;
        long versionBefore = 0;
        try (Cursor cursor = opened) {
            while (cursor.next()) {
                final byte[] key = cursor.keyBytes();
                final int order = before == null ? -1 : Arrays.compareUnsigned(before, key);
                final boolean inOrder = order < 0 || (allVersions && order == 0 && cursor.version() < versionBefore);
                final long at = count;
                stage.expect(
                        inOrder
                                && cursor.value().capacity()
                                        == task.parameters().valueBytes(),
                        () -> "the record at " + at);
                before = key;
                versionBefore = cursor.version();
                count++;
            }
        }
        return count;
    }
}
