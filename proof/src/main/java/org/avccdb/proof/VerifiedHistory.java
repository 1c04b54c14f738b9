package org.avccdb.proof;

import java.util.ArrayList;
import java.util.List;

/** The proven history of a key: these records are live, and no others between the bounds. Immutable. */
public final class VerifiedHistory {
    private final List<Entry> entries;

    private VerifiedHistory(final List<Entry> entries) {
        this.entries = entries;
    }

    static VerifiedHistory of(final List<OpenedLeaf> records) {
        final List<Entry> entries = new ArrayList<>(records.size());
        for (final OpenedLeaf record : records) {
            entries.add(new Entry(record));
        }
        return new VerifiedHistory(List.copyOf(entries));
    }

    /**
     * The live records.
     *
     * @return them, versions ascending; cannot be changed
     */
    public List<Entry> entries() {
        return entries;
    }

    /** A live record of the key. Immutable. */
    public static final class Entry {
        private final OpenedLeaf record;

        private Entry(final OpenedLeaf record) {
            this.record = record;
        }

        /**
         * The value.
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
