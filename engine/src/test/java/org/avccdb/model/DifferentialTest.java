package org.avccdb.model;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import org.avccdb.model.Change.Put;
import org.avccdb.model.ReadOps.AskEverything;
import org.avccdb.model.ReadOps.Source;
import org.avccdb.model.WriteOps.Manner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database says is what the model says, whatever is done, in whatever order, with whatever options. */
final class DifferentialTest {
    private static final long SHRINKING_SECONDS = 60;
    private static final int LEAST_SEEDS = 10;

    @TempDir
    Path directory;

    @Test
    void saysWhatTheModelSays() {
        long end = System.nanoTime() + Soak.secondsInTheBuild() * 1_000_000_000L;
        long first = Soak.firstSeedInTheBuild();
        for (long seed = first; seed < first + LEAST_SEEDS || System.nanoTime() < end; seed++) {
            Trial trial = Soak.trialOf(seed);
            Trial.Failure failure = trial.run(directory.resolve("trial"));
            if (failure != null) {
                fail(Soak.describe(seed, trial, failure, directory, SHRINKING_SECONDS), failure.cause());
            }
        }
    }

    @Test
    void sameSeedSameSteps() {
        Comparison.same("steps", Soak.trialOf(7).toString(), Soak.trialOf(7).toString());
    }

    /** Of many steps, the two are left that a wrong answer takes. */
    @Test
    void shrinksWhatFails() {
        Key key = Key.of(new byte[] {7});
        Op wrong = new Op() {
            @Override
            public void run(Stage stage) {
                stage.ask(Source.DATABASE, (reader, state) -> {
                    if (reader.contains(key.bytes())) {
                        throw new AssertionError("wrong on purpose");
                    }
                });
            }
        };
        List<Op> ops = new java.util.ArrayList<>(Soak.trialOf(1).ops());
        ops.removeIf(op -> op instanceof UpkeepOps.Reopen || op instanceof WriteOps.Begin);
        ops.add(0, new WriteOps.Write(new Put(key, 0, new Value(100, 2)), Manner.PLAIN));
        ops.add(5, new AskEverything(Source.DATABASE));
        ops.add(wrong);
        Trial trial = new Trial(new Settings(java.util.Map.of("blockBytes", "1024")), ops);
        Trial.Failure failure = trial.run(directory.resolve("trial"));
        assertNotNull(failure);
        Trial small = new Shrinker(directory, SHRINKING_SECONDS, trial, failure).shrink();
        Comparison.same("steps of\n" + small, 2, small.ops().size());
        Comparison.same("settings", "{}", small.settings().toString());
    }
}
