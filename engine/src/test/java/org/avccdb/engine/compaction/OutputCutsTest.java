package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

class OutputCutsTest {
    private static final KeySpan ALL = new KeySpan(TestTables.key(""), TestTables.key("zz"));

    private static boolean before(final OutputCuts cuts, final String key, final long written) {
        return cuts.before(new UnsafeBuffer(TestTables.key(key)), 0, key.length(), written);
    }

    @Test
    void cutsWhereTheTableIsLargeEnough() {
        final OutputCuts cuts = new OutputCuts(100, 1000, List.of(), ALL);
        assertFalse(before(cuts, "a", 99));
        assertTrue(before(cuts, "b", 100));
    }

    @Test
    void cutsWhereTooMuchIsBelow() {
        final List<TableMeta> grandparents = List.of(
                TestTables.meta(1, "a", "b", 60),
                TestTables.meta(2, "c", "d", 50),
                TestTables.meta(3, "e", "f", 60),
                TestTables.meta(4, "g", "h", 60));
        final OutputCuts cuts = new OutputCuts(100, 100, grandparents, ALL);
        cuts.restart();
        assertFalse(before(cuts, "a", 1));
        assertFalse(before(cuts, "b", 1));
        assertFalse(before(cuts, "bb", 1));
        assertFalse(before(cuts, "d", 1));
        assertTrue(before(cuts, "dd", 1));
        cuts.restart();
        assertFalse(before(cuts, "e", 1));
        assertFalse(before(cuts, "g", 1));
        assertTrue(before(cuts, "i", 1));
    }

    @Test
    void cutsEarlierWhereAGrandparentEnds() {
        final List<TableMeta> grandparents = List.of(
                TestTables.meta(1, "a", "b", 1),
                TestTables.meta(2, "c", "d", 1),
                TestTables.meta(3, "e", "f", 1),
                TestTables.meta(4, "g", "h", 1),
                TestTables.meta(5, "i", "j", 1));
        final OutputCuts cuts = new OutputCuts(1000, 100, grandparents, ALL);
        assertFalse(before(cuts, "b", 500), "within a grandparent");
        assertTrue(before(cuts, "c", 500), "behind the first");
        assertFalse(before(cuts, "d", 600), "within the second");
        assertFalse(before(cuts, "e", 549), "behind the second");
        assertTrue(before(cuts, "g", 600), "behind the third");
        cuts.restart();
        assertFalse(before(cuts, "i", 499), "behind the fourth, with which the output begins");
        assertTrue(before(cuts, "k", 550), "behind the fifth");
    }

    @Test
    void grandparentsOutsideTheSpanDoNotCount() {
        final List<TableMeta> grandparents =
                List.of(TestTables.meta(1, "a", "b", 600), TestTables.meta(2, "c", "d", 50));
        final OutputCuts cuts =
                new OutputCuts(100, 100, grandparents, new KeySpan(TestTables.key("bb"), TestTables.key("z")));
        assertFalse(before(cuts, "bc", 1));
        assertFalse(before(cuts, "e", 1));
    }

    @Test
    void noneNeverCuts() {
        assertEquals(false, before(OutputCuts.none(), "a", Long.MAX_VALUE - 1));
    }
}
