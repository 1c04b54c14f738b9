package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Finds all live versions of one key in an interval, by the rules of {@link Lookup}: of those, the walk may end only at a
 * key-delete, or where no older run has a put of a version as high as the interval's lower bound. One thread uses it, for one
 * question.
 */
final class History {
    private final KeyProbe probe;
    private final long upTo;
    private final long min;
    private final long max;
    /** What newer runs have decided, by descending version. */
    private List<Decision> decisions = new ArrayList<>();

    /** What is known of a version; without a value, that it is deleted. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Decision(long version, long sequence, byte[] value) {}

    private History(final KeyProbe probe, final long upTo, final long min, final long max) {
        this.probe = probe;
        this.upTo = upTo;
        this.min = min;
        this.max = max;
    }

    /**
     * The live versions, ascending; the values are copies.
     *
     * @param min the lowest version, not negative
     * @param max the highest version, not negative; 0 for no bound
     */
    static List<VersionedValue> of(
            final KeyProbe probe,
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long min,
            final long max) {
        final long highest = max == 0 ? Versions.MAX : Math.min(max, Versions.MAX);
        if (min > highest) {
            return List.of();
        }
        probe.ask(key, offset, length, upTo);
        return new History(probe, upTo, min, highest).in(view);
    }

    private List<VersionedValue> in(final ReadView view) {
        for (int index = 0; index < view.runs(); index++) {
            final Run run = view.run(index);
            final RecordCursor cursor = probe.open(run, false, run.mayHoldKeyDeletes() ? Versions.KEY_DELETE : max);
            if ((cursor != null && merge(cursor)) || view.olderMaxPutVersion(index) < min) {
                break;
            }
        }
        final List<VersionedValue> live = new ArrayList<>(decisions.size());
        for (int i = decisions.size() - 1; i >= 0; i--) {
            final Decision decision = decisions.get(i);
            if (decision.value != null) {
                live.add(new VersionedValue(decision.value, decision.version, decision.sequence));
            }
        }
        return live;
    }

    /** Takes what a run has for the key; true if it has a key-delete, so that all older runs are hidden. */
    private boolean merge(final RecordCursor cursor) {
        final boolean isDeleted = cursor.version() == Versions.KEY_DELETE;
        final long deleted = isDeleted ? RecordDescriptor.sequence(cursor.stamp()) : -1;
        final List<Decision> merged = new ArrayList<>();
        int newer = 0;
        boolean on = cursor.version() <= max || probe.skipTo(cursor, max);
        while (on && cursor.version() >= min) {
            final long version = cursor.version();
            final long stamp = cursor.stamp();
            final long sequence = RecordDescriptor.sequence(stamp);
            if (sequence > upTo) {
                on = probe.skipTo(cursor, version);
                continue;
            }
            while (newer < decisions.size() && decisions.get(newer).version > version) {
                merged.add(decisions.get(newer++));
            }
            final boolean isDecided = newer < decisions.size() && decisions.get(newer).version == version;
            if (!isDecided && sequence > deleted) {
                merged.add(new Decision(
                        version, sequence, RecordDescriptor.type(stamp) == RecordType.PUT ? valueOf(cursor) : null));
            }
            on = probe.skipVersion(cursor, version);
        }
        merged.addAll(decisions.subList(newer, decisions.size()));
        decisions = merged;
        return isDeleted;
    }

    private static byte[] valueOf(final RecordCursor cursor) {
        final byte[] value = new byte[cursor.valueLength()];
        cursor.valueBuffer().getBytes(cursor.valueOffset(), value);
        return value;
    }
}
