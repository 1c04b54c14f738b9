package org.avccdb.engine.read;

import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Finds the value of one key: its latest, that of a version, or that as of a version. One thread uses it, for one question
 * after the other; it makes no garbage.
 *
 * <p>The answer is shown in place. It is valid until the next question or {@link #letGo}, and for as long as the view that it
 * was found in is kept in place.
 *
 * <p>The runs are walked from the newest to the oldest, records above the sequence number left out everywhere:
 *
 * <ol>
 *   <li>Of the records of a version the one with the highest sequence number decides; those in newer runs are higher.
 *   <li>A key-delete hides what has a lower sequence number: in its own run record by record, in older runs all. It comes
 *       first among the key's records, so the walk begins at the head of the key in each run that may have one, and ends
 *       behind the first run in which it finds one.
 *   <li>A version-delete that decides hides its version in all older runs. Only the versions above the best put so far matter.
 *   <li>The walk ends early only where no older run has a put of a version that would be preferred: never because of what one
 *       run in the middle holds.
 * </ol>
 */
public final class Lookup {
    private static final long NOTHING_DELETED = -1;

    private final KeyProbe probe = new KeyProbe();
    private final HiddenVersions hidden = new HiddenVersions();

    private boolean found;
    private long version;
    private long sequence;
    private DirectBuffer valueBuffer;
    private int valueOffset;
    private int valueLength;

    /** Finds the latest value of a key, as of a sequence number. */
    public boolean latest(
            final ReadView view, final long upTo, final DirectBuffer key, final int offset, final int length) {
        return highest(view, upTo, key, offset, length, Versions.MAX);
    }

    /** Finds the value with the highest version that is at or below a bound, which is not negative. */
    public boolean asOf(
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long bound) {
        return highest(view, upTo, key, offset, length, Math.min(bound, Versions.MAX));
    }

    /** Finds the value of exactly this version, which is not negative; 0 asks for the latest. */
    public boolean exact(
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long wanted) {
        return wanted == Versions.PLAIN
                ? latest(view, upTo, key, offset, length)
                : only(view, upTo, key, offset, length, wanted);
    }

    /**
     * The live versions of a key in an interval, ascending; the values are copies.
     *
     * @param min the lowest version, not negative
     * @param max the highest version, not negative; 0 for no bound
     */
    public List<VersionedValue> history(
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long min,
            final long max) {
        return History.of(probe, view, upTo, key, offset, length, min, max);
    }

    private boolean highest(
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long bound) {
        found = false;
        hidden.clear();
        probe.ask(key, offset, length, upTo);
        for (int run = 0; run < view.runs(); run++) {
            final RecordCursor cursor = probe.open(view.run(run), run == view.runs() - 1, Versions.KEY_DELETE);
            if (cursor != null && mergeHighest(cursor, upTo, bound)) {
                break;
            }
            if (found && (version == bound || view.olderMaxPutVersion(run) <= version)) {
                break;
            }
        }
        return found;
    }

    /** Takes what a run has for the key; true if it has a key-delete, so that all older runs are hidden. */
    private boolean mergeHighest(final RecordCursor cursor, final long upTo, final long bound) {
        long deleted = NOTHING_DELETED;
        boolean on = true;
        if (cursor.version() == Versions.KEY_DELETE) {
            deleted = RecordDescriptor.sequence(cursor.stamp());
        }
        if (cursor.version() > bound) {
            on = probe.skipTo(cursor, bound);
        }
        while (on) {
            final long candidate = cursor.version();
            if (found && candidate <= version) {
                break;
            }
            final long stamp = cursor.stamp();
            if (RecordDescriptor.sequence(stamp) > upTo) {
                on = probe.skipTo(cursor, candidate);
                continue;
            }
            if (RecordDescriptor.sequence(stamp) > deleted && !hidden.contains(candidate)) {
                if (RecordDescriptor.type(stamp) == RecordType.PUT) {
                    take(cursor);
                    break;
                }
                hidden.add(candidate);
            }
            on = probe.skipVersion(cursor, candidate);
        }
        return deleted != NOTHING_DELETED;
    }

    private boolean only(
            final ReadView view,
            final long upTo,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long wanted) {
        found = false;
        probe.ask(key, offset, length, upTo);
        for (int index = 0; index < view.runs(); index++) {
            final Run run = view.run(index);
            final boolean isOldest = index == view.runs() - 1;
            final RecordCursor cursor =
                    probe.open(run, isOldest, run.mayHoldKeyDeletes() ? Versions.KEY_DELETE : wanted);
            if ((cursor != null && decides(cursor, upTo, wanted)) || view.olderMaxPutVersion(index) < wanted) {
                break;
            }
        }
        return found;
    }

    /** Whether the version, or the whole key, is decided in this run. */
    private boolean decides(final RecordCursor cursor, final long upTo, final long wanted) {
        long deleted = NOTHING_DELETED;
        if (cursor.version() == Versions.KEY_DELETE) {
            deleted = RecordDescriptor.sequence(cursor.stamp());
        }
        final boolean isBefore = cursor.version() > wanted
                || (cursor.version() == wanted && RecordDescriptor.sequence(cursor.stamp()) > upTo);
        if ((!isBefore || probe.skipTo(cursor, wanted)) && cursor.version() == wanted) {
            final long stamp = cursor.stamp();
            if (RecordDescriptor.type(stamp) == RecordType.PUT && RecordDescriptor.sequence(stamp) > deleted) {
                take(cursor);
            }
            return true;
        }
        return deleted != NOTHING_DELETED;
    }

    private void take(final RecordCursor cursor) {
        found = true;
        version = cursor.version();
        sequence = RecordDescriptor.sequence(cursor.stamp());
        valueBuffer = cursor.valueBuffer();
        valueOffset = cursor.valueOffset();
        valueLength = cursor.valueLength();
        probe.keep(cursor);
    }

    /** Lets go of what the last answer kept. */
    public void letGo() {
        found = false;
        valueBuffer = null;
        probe.letGo();
    }

    /** Version of the value found. */
    public long version() {
        return version;
    }

    /** Sequence number of the value found. */
    public long sequence() {
        return sequence;
    }

    /** The buffer that the value found is in. */
    public DirectBuffer valueBuffer() {
        return valueBuffer;
    }

    /** Where the value found begins. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Length of the value found. */
    public int valueLength() {
        return valueLength;
    }
}
