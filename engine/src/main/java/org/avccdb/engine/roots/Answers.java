package org.avccdb.engine.roots;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.Cursor;
import org.avccdb.VersionedValue;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;

/** The long values that a proof has to show, by the sequence number of their record. One thread uses it. */
final class Answers {
    /** What a proof can have of records; the memory for it is needed several times. */
    private static final long MOST_BYTES =
            Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);
    /** What a record takes beside key and value while the proof is made. */
    private static final int RECORD_COST = 128;

    private final Map<Long, byte[]> longValues = new HashMap<>();
    private final long mostBytes;
    private int count;
    private long bytesFound;
    private long bytesShown;

    Answers() {
        this(MOST_BYTES);
    }

    Answers(final long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static Answers of(final List<VersionedValue> found) {
        final Answers answers = new Answers();
        found.forEach(answers::add);
        return answers;
    }

    private void add(final VersionedValue found) {
        add(0, found.value().length);
        longValues.put(found.sequence(), found.value());
    }

    /** Takes the record that a cursor is on, unless there would be too much then. */
    void add(final Cursor record) {
        final int valueLength = record.value().capacity();
        add(record.key().capacity(), valueLength);
        if (valueLength > HashRules.MAX_INLINE_VALUE) {
            longValues.put(record.sequence(), record.valueBytes());
        }
    }

    private void add(final int keyLength, final int valueLength) {
        count++;
        bytesFound += RECORD_COST + (long) keyLength + valueLength;
        checkSize(bytesFound);
    }

    /** How many there are, short ones too. */
    int count() {
        return count;
    }

    /** A record as the proof shows it: with its value, where that belongs to the answer. */
    OpenedLeaf complete(final OpenedLeaf leaf) {
        final boolean isLong = leaf.valueLength() > HashRules.MAX_INLINE_VALUE;
        final byte[] value = isLong ? longValues.get(leaf.sequence()) : null;
        bytesShown += RECORD_COST + (long) leaf.key().length + (value == null ? leaf.value() : value).length;
        checkSize(bytesShown);
        return value == null
                ? leaf
                : new OpenedLeaf(leaf.type(), leaf.key(), leaf.version(), leaf.sequence(), leaf.valueLength(), value);
    }

    private void checkSize(final long bytes) {
        if (bytes > mostBytes) {
            throw new IllegalArgumentException("the proof would take more than " + mostBytes
                    + " bytes: ask for less at once, with a smaller limit");
        }
    }
}
