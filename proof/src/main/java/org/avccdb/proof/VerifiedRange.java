package org.avccdb.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The proven entries of a range: these keys are live with these latest values, and up to {@link #completeUpTo} no others.
 * Immutable.
 */
public final class VerifiedRange {
    private final List<Entry> entries;
    private final byte[] completeUpTo;

    private VerifiedRange(final List<Entry> entries, final byte[] completeUpTo) {
        this.entries = entries;
        this.completeUpTo = completeUpTo;
    }

    static VerifiedRange of(final List<OpenedLeaf> records, final byte[] completeUpTo) {
        final List<Entry> entries = new ArrayList<>(records.size());
        for (final OpenedLeaf record : records) {
            entries.add(new Entry(record));
        }
        return new VerifiedRange(List.copyOf(entries), completeUpTo);
    }

    /**
     * The live keys with their latest values.
     *
     * @return them, keys ascending; cannot be changed
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * How far the proof goes.
     *
     * @return a copy of the last key that is covered, that of the last entry; null if the whole range is covered
     */
    public byte[] completeUpTo() {
        return completeUpTo == null ? null : completeUpTo.clone();
    }

    /** A live key with its latest value. Immutable. */
    public static final class Entry {
        private final OpenedLeaf record;

        private Entry(final OpenedLeaf record) {
            this.record = record;
        }

        /**
         * The key.
         *
         * @return a copy
         */
        public byte[] key() {
            return record.key().clone();
        }

        /**
         * The latest value.
         *
         * @return a copy
         */
        public byte[] value() {
            return record.value().clone();
        }

        /**
         * The version of the record.
         *
         * @return its version; 0 for a plain put
         */
        public long version() {
            return record.version();
        }

        /**
         * The sequence number of the record.
         *
         * @return its sequence number
         */
        public long sequence() {
            return record.sequence();
        }
    }
}
