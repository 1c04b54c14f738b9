package org.avccdb.model;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proven is what the model says, whatever was done before, in whatever order, with whatever options. */
final class ProofDifferentialTest {
    private static final long SHRINKING_SECONDS = 60;
    private static final long SECONDS = Long.getLong("avccdb.proofs.seconds", 10);
    private static final long FIRST_SEED = Long.getLong("avccdb.proofs.seed", 1);
    private static final int LEAST_SEEDS = 5;

    @TempDir
    Path directory;

    @Test
    void provesWhatTheModelSays() {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + LEAST_SEEDS || System.nanoTime() < end; seed++) {
            int steps = 60 << Math.floorMod(seed, 4L);
            Trial trial = TrialGenerator.withProofs(TrialGenerator.of(seed, steps), seed);
            Trial.Failure failure = trial.run(directory.resolve("trial"));
            if (failure != null) {
                fail(Soak.describe(seed, trial, failure, directory, SHRINKING_SECONDS), failure.cause());
            }
        }
    }
}
