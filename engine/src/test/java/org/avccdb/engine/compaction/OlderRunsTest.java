package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

class OlderRunsTest {
    private static final KeySpan ALL = new KeySpan(TestTables.key(""), TestTables.key("zz"));

    private static TableMeta table(final String smallest, final String largest) {
        return TestTables.meta(1, smallest, largest, 1);
    }

    private static String answers(final OlderRuns older, final String keys) {
        final StringBuilder found = new StringBuilder();
        for (final String key : keys.split(" ", -1)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(TestTables.key("--" + key));
            if (older.mayHave(buffer, 2, key.length())) {
                found.append(key).append(' ');
            }
        }
        return found.toString().trim();
    }

    @Test
    void knowsTheBoundsOfEveryTableOfEveryRun() {
        final OlderRuns older = new OlderRuns();
        older.add(List.of(table("b", "d"), table("f", "f"), table("m", "p")), ALL);
        older.add(List.of(table("e", "fa"), table("x", "y")), ALL);
        assertEquals("b c d e f fa m n p x y", answers(older, "a b c d e f fa fb l m n p q x y z"));
    }

    @Test
    void theSameKeyMayBeAskedAgain() {
        final OlderRuns older = new OlderRuns();
        older.add(List.of(table("b", "d")), ALL);
        assertEquals("b b d d", answers(older, "b b d d e e"));
    }

    @Test
    void tablesOutsideTheSpanDoNotCount() {
        final OlderRuns older = new OlderRuns();
        older.add(
                List.of(table("b", "d"), table("f", "f"), table("m", "p")),
                new KeySpan(TestTables.key("d"), TestTables.key("g")));
        assertEquals("d f", answers(older, "d e f g"));
    }

    @Test
    void withoutRunsNothingIsOlder() {
        assertEquals("", answers(new OlderRuns(), "a b"));
    }
}
