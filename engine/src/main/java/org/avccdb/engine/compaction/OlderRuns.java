package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.table.TableMeta;

/**
 * The runs that are older than the ones being merged. Says whether one of them may have a user key, for keys in ascending
 * order. One thread uses it; it looks at the bounds of tables, never into them.
 */
public final class OlderRuns {
    private final List<Spans> runs = new ArrayList<>();

    /**
     * Adds a run.
     *
     * @param tables by key ascending, and without an overlap
     * @param span the keys that will be asked for
     */
    public void add(final List<TableMeta> tables, final KeySpan span) {
        final List<KeySpan> near = new ArrayList<>();
        for (final TableMeta table : tables) {
            if (span.overlaps(table)) {
                near.add(KeySpan.of(table));
            }
        }
        if (!near.isEmpty()) {
            runs.add(new Spans(near));
        }
    }

    /** Adds a run of which only the span of its keys is known. */
    public void add(final KeySpan keys, final KeySpan span) {
        if (span.overlaps(keys)) {
            runs.add(new Spans(List.of(keys)));
        }
    }

    /** Whether an older record of the key cannot be ruled out; the keys asked for must not descend. */
    boolean mayHave(final DirectBuffer key, final int offset, final int length) {
        for (final Spans run : runs) {
            if (run.mayHave(key, offset, length)) {
                return true;
            }
        }
        return false;
    }

    private static final class Spans {
        private final DirectBuffer[] smallest;
        private final DirectBuffer[] largest;
        private int at;

        Spans(final List<KeySpan> spans) {
            smallest = new DirectBuffer[spans.size()];
            largest = new DirectBuffer[spans.size()];
            for (int i = 0; i < smallest.length; i++) {
                smallest[i] = new UnsafeBuffer(spans.get(i).smallest());
                largest[i] = new UnsafeBuffer(spans.get(i).largest());
            }
        }

        boolean mayHave(final DirectBuffer key, final int offset, final int length) {
            while (at < largest.length && compare(key, offset, length, largest[at]) > 0) {
                at++;
            }
            return at < largest.length && compare(key, offset, length, smallest[at]) >= 0;
        }
    }

    static int compare(final DirectBuffer key, final int offset, final int length, final DirectBuffer bound) {
        return Keys.compare(key, offset, length, bound, 0, bound.capacity());
    }
}
