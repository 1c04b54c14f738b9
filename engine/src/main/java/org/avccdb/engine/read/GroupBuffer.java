package org.avccdb.engine.read;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * The records of one key, copied on the way backward: which of them are live is known only at the head of the key, and to go
 * there and come back again for every key would cost a seek in each run. One thread uses it; it makes garbage only to grow.
 *
 * <p>Of each version it keeps the record that decides: the one that was added last, as sequence numbers rise on the way.
 */
final class GroupBuffer {
    /** Most versions that are kept; a key with more is read by seeks. */
    private static final int MAX_VERSIONS = 32;

    private static final int MAX_BYTES = 16 << 10;
    private static final int FIRST_BYTES = 512;

    private final long[] versions = new long[MAX_VERSIONS];
    private final long[] stamps = new long[MAX_VERSIONS];
    private final int[] ends = new int[MAX_VERSIONS];
    private final UnsafeBuffer values = new UnsafeBuffer(new byte[FIRST_BYTES]);
    private int count;

    void clear() {
        count = 0;
    }

    /** Adds the record before the one added last; false if there is no room for it. */
    boolean add(final RecordCursor record) {
        final long version = record.version();
        final int at = count > 0 && versions[count - 1] == version ? count - 1 : count;
        final int length = record.valueLength();
        final int start = valueOffset(at);
        if (at == MAX_VERSIONS || length > MAX_BYTES - start) {
            return false;
        }
        ensureRoom(start, length);
        values.putBytes(start, record.valueBuffer(), record.valueOffset(), length);
        versions[at] = version;
        stamps[at] = record.stamp();
        ends[at] = start + length;
        count = at + 1;
        return true;
    }

    private void ensureRoom(final int start, final int length) {
        if (start + length > values.capacity()) {
            values.wrap(Arrays.copyOf(values.byteArray(), Math.min(MAX_BYTES, 2 * (start + length))));
        }
    }

    /** The first live version at or behind an index, counted from the lowest version; -1 if there is none. */
    int liveFrom(final int index) {
        for (int i = index; i < count; i++) {
            if (isLive(i)) {
                return i;
            }
        }
        return -1;
    }

    /** The last live version at or before an index; -1 if there is none. */
    int liveUpTo(final int index) {
        for (int i = index; i >= 0; i--) {
            if (isLive(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the highest version; -1 if there is none. */
    int highest() {
        return count - 1;
    }

    private boolean isLive(final int index) {
        final long stamp = stamps[index];
        if (RecordDescriptor.type(stamp) != RecordType.PUT) {
            return false;
        }
        final boolean isKeyDeleted = versions[count - 1] == Versions.KEY_DELETE;
        return !isKeyDeleted || Long.compareUnsigned(stamp, stamps[count - 1]) > 0;
    }

    long version(final int index) {
        return versions[index];
    }

    long stamp(final int index) {
        return stamps[index];
    }

    DirectBuffer valueBuffer() {
        return values;
    }

    int valueOffset(final int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    int valueLength(final int index) {
        return ends[index] - valueOffset(index);
    }
}
