package org.avccdb.engine.roots;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.VersionedValue;
import org.avccdb.proof.OpenedLeaf;

/** The values that a proof has to show, by the sequence number of their record. One thread uses it. */
final class Answers {
    /** What a proof can have of values and keys; the memory for it is needed several times. */
    private static final long MOST_BYTES =
            Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);

    private final Map<Long, byte[]> values = new HashMap<>();
    private long bytes;

    Answers(final List<VersionedValue> found) {
        found.forEach(this::add);
    }

    void add(final VersionedValue found) {
        values.put(found.sequence(), found.value());
    }

    /** A record as the proof shows it: with its value, where that belongs to the answer. */
    OpenedLeaf complete(final OpenedLeaf leaf) {
        final byte[] value = values.get(leaf.sequence());
        final boolean isLong = value != null && leaf.valueLength() > leaf.value().length;
        bytes += leaf.key().length + (isLong ? value.length : leaf.value().length);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the proof would have more than " + MOST_BYTES
                    + " bytes: ask for less at once, with a smaller limit");
        }
        return isLong
                ? new OpenedLeaf(leaf.type(), leaf.key(), leaf.version(), leaf.sequence(), leaf.valueLength(), value)
                : leaf;
    }
}
