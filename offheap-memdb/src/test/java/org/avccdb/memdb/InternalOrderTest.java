package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories of a list of versioned records against the JDK's sorted map. */
class InternalOrderTest {
    @ParameterizedTest
    @EnumSource
    void aSmallListIsRightWhereItIsOftenFull(ListStep.Shape shape) {
        for (Keys family : Keys.values()) {
            for (int seed = 0; seed < seeds(family, 10); seed++) {
                check(family, shape, 0, 20, seed);
                check(family, shape, 300 + seed, 40, seed);
                check(family, shape, 5_000 + seed, 200, seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeListIsRightWhereItHasManyLeaves(ListStep.Shape shape) {
        for (Keys family : Keys.values()) {
            for (int seed = 0; seed < seeds(family, 2); seed++) {
                check(family, shape, 40_000, 800, seed);
                check(family, shape, 1 << 20, 2_000, seed);
            }
        }
    }

    @Test
    void aKeyMayHaveMoreVersionsThanManyLeavesHold() {
        Bytes key = Bytes.bytes("6b 65 79");
        List<ListStep> ascending = new ArrayList<>();
        List<ListStep> descending = new ArrayList<>();
        int count = 20 * LeafDescriptor.CAPACITY;
        for (int i = 0; i < count; i++) {
            ascending.add(add(key, 1 + i, i));
            descending.add(add(key, count - i, i));
        }
        for (List<ListStep> history : List.of(ascending, descending)) {
            for (long version : new long[] {0, 1, 2, count / 2, count, count + 1, Long.MAX_VALUE}) {
                for (long stamp : new long[] {0, RecordDescriptor.stamp(count / 2, 1), Long.MAX_VALUE, -1}) {
                    ListStep.Slot slot = new ListStep.Slot(key, version, stamp);
                    history.add(new ListStep.Seek(slot, false, 0));
                    history.add(new ListStep.Move(ListStep.Direction.NEXT));
                    history.add(new ListStep.Seek(slot, true, 0));
                    history.add(new ListStep.Move(ListStep.Direction.PREV));
                }
            }
            ListRun.execute(100_000, history);
        }
    }

    private static ListStep add(Bytes key, long version, long sequence) {
        ListStep.Slot slot = new ListStep.Slot(key, version, RecordDescriptor.stamp(sequence, 1));
        return new ListStep.Add(new ListStep.Entry(slot, Bytes.EMPTY), 0);
    }

    private static int seeds(Keys family, int usual) {
        return family == Keys.LONGEST ? 1 : usual;
    }

    private static void check(Keys family, ListStep.Shape shape, int capacity, int steps, int seed) {
        List<ListStep> history = ListStep.Histories.random(new Random(seed), family, shape, steps);
        if (ListRun.fails(capacity, history)) {
            report("keys " + family + ", shape " + shape + ", seed " + seed, capacity, history);
        }
    }

    private static void report(String from, int capacity, List<ListStep> history) {
        List<ListStep> shortest =
                new TraceShrinker<ListStep>(h -> ListRun.fails(capacity, h), ListStep::simpler).shrink(history);
        try {
            ListRun.execute(capacity, shortest);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    from + ", shortest history:\nListRun.execute(" + capacity + ", List.of(\n" + ListStep.show(shortest)
                            + "))\n" + failure.getMessage(),
                    failure);
        }
        fail(from + ": a history of " + history.size() + " steps fails once and not again");
    }
}
