package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where the walk over the runs may end, and where it must not. */
class StopRuleTest {
    private static final byte[] KEY = Rec.bytes("k");

    /** Answers of a database with these runs, newest first, all but the first in tables, and how many tables were opened. */
    private static void assertReads(
            byte[] expected, int tablesOpened, Function<Reads, byte[]> question, List<List<Rec>> runs) {
        try (TestRuns database = new TestRuns()) {
            database.publish(runs, 1, runs.size() - 2, 1000, new Random(1));
            assertArrayEquals(expected, question.apply(database.reads()));
            assertEquals(tablesOpened, database.openTables());
        }
    }

    private static byte[] latest(Reads reads) {
        return reads.get(KEY);
    }

    @Test
    void plainPutsStopAtTheFirstHit() {
        assertReads(
                Rec.bytes("k=0@9"),
                0,
                StopRuleTest::latest,
                List.of(List.of(Rec.put("k", 0, 9)), List.of(Rec.put("k", 0, 5)), List.of(Rec.put("k", 0, 1))));
    }

    @Test
    void goesOnWhileAnOlderRunMayHoldAHigherVersion() {
        assertReads(
                Rec.bytes("k=9@1"),
                2,
                StopRuleTest::latest,
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.put("k", 4, 5)), List.of(Rec.put("k", 9, 1))));
    }

    @Test
    void aKeyDeleteInTheMiddleHidesWhatIsOlder() {
        assertReads(
                Rec.bytes("k=5@9"),
                1,
                StopRuleTest::latest,
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.delete("k", 5)), List.of(Rec.put("k", 9, 1))));
    }

    /** The run in the middle has no put as high as the one found; it must be looked at all the same. */
    @Test
    void aTombstoneInTheMiddleHidesItsVersion() {
        List<List<Rec>> runs = List.of(
                List.of(Rec.put("k", 5, 9)),
                List.of(Rec.put("k", 1, 5), Rec.deleteVersion("k", 9, 6)).stream()
                        .sorted(Rec.ORDER)
                        .toList(),
                List.of(Rec.put("k", 9, 1)));
        assertReads(Rec.bytes("k=5@9"), 2, StopRuleTest::latest, runs);
        assertReads(null, 1, reads -> reads.getWithVersion(KEY, 9), runs);
    }

    @Test
    void anotherKeysHighVersionOnlyCostsALook() {
        assertReads(
                Rec.bytes("k=5@9"),
                1,
                StopRuleTest::latest,
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.put("k", 3, 1), Rec.put("l", 90, 2)), List.of()));
    }

    @Test
    void asOfStopsAtItsBound() {
        List<List<Rec>> runs =
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.put("k", 7, 5)), List.of(Rec.put("k", 90, 1)));
        assertReads(Rec.bytes("k=5@9"), 0, reads -> reads.getAsOf(KEY, 5).value(), runs);
        assertReads(Rec.bytes("k=5@9"), 2, reads -> reads.getAsOf(KEY, 6).value(), runs);
        assertReads(Rec.bytes("k=7@5"), 1, reads -> reads.getAsOf(KEY, 7).value(), runs);
    }

    @Test
    void anExactVersionStopsWhereItIsDecidedOrCanNoLongerBe() {
        List<List<Rec>> runs =
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.put("k", 7, 5)), List.of(Rec.put("k", 6, 1)));
        assertReads(Rec.bytes("k=5@9"), 0, reads -> reads.getWithVersion(KEY, 5), runs);
        assertReads(Rec.bytes("k=7@5"), 1, reads -> reads.getWithVersion(KEY, 7), runs);
        assertReads(Rec.bytes("k=6@1"), 2, reads -> reads.getWithVersion(KEY, 6), runs);
        assertReads(null, 0, reads -> reads.getWithVersion(KEY, 8), runs);
    }

    @Test
    void aHistoryStopsBelowItsLowerBound() {
        List<List<Rec>> runs =
                List.of(List.of(Rec.put("k", 5, 9)), List.of(Rec.put("k", 7, 5)), List.of(Rec.put("k", 6, 1)));
        assertReads(
                Rec.bytes("k=7@5"),
                1,
                reads -> reads.getVersionHistory(KEY, 7, 0).get(0).value(),
                runs);
        assertReads(
                Rec.bytes("k=5@9"),
                2,
                reads -> reads.getVersionHistory(KEY, 1, 0).get(0).value(),
                runs);
    }

    @Test
    void whatIsWrittenAfterADeleteIsVisibleWhateverItsVersion() {
        List<Rec> run = List.of(Rec.put("k", 9, 1), Rec.delete("k", 2), Rec.put("k", 3, 3)).stream()
                .sorted(Rec.ORDER)
                .toList();
        assertReads(Rec.bytes("k=3@3"), 1, StopRuleTest::latest, List.of(List.of(), run, List.of()));
        assertReads(Rec.bytes("k=3@3"), 0, StopRuleTest::latest, List.of(run, List.of(Rec.put("k", 99, 0)), List.of()));
        assertNullAfterDelete();
    }

    private static void assertNullAfterDelete() {
        try (TestRuns database = new TestRuns()) {
            database.publish(
                    List.of(List.of(Rec.delete("k", 9)), List.of(Rec.put("k", 3, 1)), List.of(Rec.put("k", 99, 0))),
                    1,
                    1,
                    1000,
                    new Random(1));
            assertNull(database.reads().get(KEY));
            assertEquals(0, database.openTables());
        }
    }
}
