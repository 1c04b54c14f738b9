package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.Test;

/** What a merge reads comes out of it, or was dropped by the rules: else it is refused. */
class RunMergeTest {
    private static final int RECORDS = 200;

    private final SimulatedStorage storage = new SimulatedStorage();

    /** A run of which one record was another one when it was read. */
    @SuppressWarnings("ArrayRecordComponent") // of tests
    private record Forgetful(ListInput records, int wrong, int[] at) implements MergeInput {
        @Override
        public boolean next() {
            at[0]++;
            return records.next();
        }

        @Override
        public ShownRecord record() {
            return records.record();
        }

        @Override
        public long digest() {
            return records.digest() + (at[0] == wrong ? 1 : 0);
        }

        @Override
        public String name() {
            return records.name();
        }

        @Override
        public void close() {
            records.close();
        }
    }

    private static List<TestRecord> run() {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(TestRecord.put(String.format("key%03d", i / 2), 2 - i % 2, 1 + i));
        }
        return records;
    }

    private long merge(TestDatabase database, int wrong) {
        MergeInput input = new Forgetful(new ListInput(run()), wrong, new int[] {-1});
        KeySpan span = new KeySpan(run().get(0).key(), run().get(RECORDS - 1).key());
        RunMerge merge = new RunMerge(
                database.context(), List.of(input), span, new OlderRuns(), 1, new long[0], OutputCuts.none());
        try {
            while (!merge.isDone()) {
                merge.step();
            }
            merge.checkNothingIsLost();
            return merge.recordsRead() - merge.recordsDropped();
        } finally {
            merge.abandon();
        }
    }

    @Test
    void aRecordThatIsNotTheOneThatWasReadIsFound() {
        try (TestDatabase database =
                new TestDatabase(storage, TestDatabase.smallOptions().build())) {
            assertEquals(RECORDS, merge(database, RECORDS));
            for (int wrong : new int[] {0, 77, RECORDS - 1}) {
                String message = assertThrows(IllegalStateException.class, () -> merge(database, wrong))
                        .getMessage();
                assertTrue(message.contains("that were read are not"), message);
            }
        }
    }
}
