package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories of a map against the JDK's sorted map. */
class MemDbDifferentialTest {
    @ParameterizedTest
    @EnumSource
    void aTinyMapIsRightWhereNearlyNothingFits(Keys family) {
        for (int seed = 0; seed < seeds(family, 40); seed++) {
            check(family, 0, 20, seed);
            check(family, 1, 20, seed);
            check(family, 64, 40, seed);
            check(family, 100 + seed, 40, seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSmallMapIsRightWhereItIsOftenFull(Keys family) {
        for (int seed = 0; seed < seeds(family, 100); seed++) {
            check(family, 1_000, 150, seed);
            check(family, 10_000 + 7 * seed, 400, seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeMapIsRightWhereItHasManyLeaves(Keys family) {
        for (int seed = 0; seed < seeds(family, 10); seed++) {
            check(family, 100_000, 1_500, seed);
            check(family, 1 << 20, 3_000, seed);
        }
    }

    @Test
    void manyLevelsAreRight() {
        for (Keys family : List.of(Keys.ASCENDING, Keys.DESCENDING, Keys.RANDOM_16, Keys.SHARED_12)) {
            check(family, 1 << 20, 20_000, 1);
        }
    }

    private static int seeds(Keys family, int usual) {
        return family == Keys.LONGEST ? 1 + usual / 20 : usual;
    }

    private static void check(Keys family, int capacity, int steps, int seed) {
        List<MapStep> history = MapHistories.random(new Random(seed), family, steps);
        if (MapRun.fails(capacity, history)) {
            report("keys " + family + ", seed " + seed, capacity, history);
        }
    }

    private static void report(String from, int capacity, List<MapStep> history) {
        List<MapStep> shortest =
                new TraceShrinker<MapStep>(h -> MapRun.fails(capacity, h), MapStep::simpler).shrink(history);
        try {
            MapRun.execute(capacity, shortest);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    from + ", shortest history:\nMapRun.execute(" + capacity + ", List.of(\n" + MapStep.show(shortest)
                            + "))\n" + failure.getMessage(),
                    failure);
        }
        fail(from + ": a history of " + history.size() + " steps fails once and not again");
    }
}
