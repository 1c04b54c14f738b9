package org.avccdb.bench.job;

import java.nio.file.Path;
import org.avccdb.bench.workloads.Parameters;

/**
 * What the main job is made of.
 *
 * @param keys how many keys
 * @param versions versions of each
 * @param keyBytes length of keys
 * @param valueBytes length of values
 * @param optionsFile options of the database, or null
 * @param samples how many keys are looked at in each check
 * @param databases where the database is made
 * @param results where results are written
 * @param keep whether the database is kept
 */
public record JobSettings(
        long keys,
        int versions,
        int keyBytes,
        int valueBytes,
        Path optionsFile,
        long samples,
        Path databases,
        Path results,
        boolean keep) {
    private static final double COMPRESSIBLE = 0.5;

    Parameters parameters() {
        return new Parameters(
                keys * versions, 0, keyBytes, valueBytes, COMPRESSIBLE, 1, false, 1, 1, 1, versions, 1, null);
    }

    /** A few deletes need keys that are left alone beside them. */
    long deletes() {
        return Math.max(1, Math.min(samples, keys / 4));
    }
}
