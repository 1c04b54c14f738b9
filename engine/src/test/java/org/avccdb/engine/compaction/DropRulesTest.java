package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

class DropRulesTest {
    private static final OlderRuns NOTHING_OLDER = new OlderRuns();

    /** What is kept of records in order, by their sequence numbers. */
    private static List<Long> kept(final OlderRuns older, final TestRecord... records) {
        final DropRules rules = new DropRules(older);
        final MergeSource source = new MergeSource(new MergeInput[] {new ListInput(List.of(records))}, 0);
        final List<Long> kept = new ArrayList<>();
        while (source.next()) {
            if (rules.keeps(source.record(), source.isNewKey())) {
                kept.add(TestRecord.of(source.record()).sequence());
            }
        }
        return kept;
    }

    private static OlderRuns olderWith(final String smallest, final String largest) {
        final TableMeta table = TestTables.meta(1, smallest, largest, 1);
        final OlderRuns older = new OlderRuns();
        older.add(List.of(table), KeySpan.of(table));
        return older;
    }

    @Test
    void onlyTheNewestOfAVersionStays() {
        assertEquals(
                List.of(9L, 5L, 7L),
                kept(
                        NOTHING_OLDER,
                        TestRecord.put("a", 2, 9),
                        TestRecord.put("a", 2, 8),
                        TestRecord.put("a", 2, 3),
                        TestRecord.put("a", 1, 5),
                        TestRecord.put("a", 1, 4),
                        TestRecord.put("b", 1, 7)));
    }

    @Test
    void aKeyDeleteHidesWhatIsOlderInAllVersions() {
        assertEquals(
                List.of(12L, 11L),
                kept(
                        NOTHING_OLDER,
                        TestRecord.keyDelete("a", 10),
                        TestRecord.keyDelete("a", 3),
                        TestRecord.put("a", 5, 12),
                        TestRecord.put("a", 5, 9),
                        TestRecord.put("a", 4, 9),
                        TestRecord.put("a", 3, 11),
                        TestRecord.versionDelete("a", 2, 8),
                        TestRecord.put("a", 0, 1)));
    }

    @Test
    void aKeyDeleteHidesNothingOfTheNextKey() {
        assertEquals(List.of(2L), kept(NOTHING_OLDER, TestRecord.keyDelete("a", 10), TestRecord.put("b", 5, 2)));
    }

    @Test
    void deletesStayWhereAnOlderRunMayHaveTheKey() {
        final TestRecord[] records = {
            TestRecord.keyDelete("a", 5),
            TestRecord.versionDelete("b", 3, 6),
            TestRecord.keyDelete("c", 7),
            TestRecord.put("c", 3, 3),
            TestRecord.versionDelete("d", 3, 8),
            TestRecord.put("d", 3, 2),
            TestRecord.keyDelete("e", 9),
        };
        assertEquals(List.of(), kept(NOTHING_OLDER, records));
        assertEquals(List.of(6L, 7L, 8L), kept(olderWith("b", "d"), records));
        assertEquals(List.of(7L), kept(olderWith("c", "c"), records));
    }

    @Test
    void aVersionDeleteThatGoesTakesWhatItHidesAlong() {
        assertEquals(
                List.of(4L),
                kept(
                        NOTHING_OLDER,
                        TestRecord.versionDelete("a", 3, 8),
                        TestRecord.put("a", 3, 2),
                        TestRecord.put("a", 2, 4)));
    }

    @Test
    void aVersionDeleteOlderThanTheKeyDeleteGoes() {
        assertEquals(
                List.of(9L),
                kept(olderWith("a", "a"), TestRecord.keyDelete("a", 9), TestRecord.versionDelete("a", 3, 8)));
    }

    @Test
    void doublesAreOne() {
        assertEquals(List.of(9L), kept(NOTHING_OLDER, TestRecord.put("a", 3, 9), TestRecord.put("a", 3, 9)));
    }
}
