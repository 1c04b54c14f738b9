package org.avccdb.proof;

/** A proven answer about one record: there it is, or there is none. Immutable. */
public final class Verified {
    private static final Verified ABSENT = new Verified(null);

    private final OpenedLeaf record;

    private Verified(final OpenedLeaf record) {
        this.record = record;
    }

    static Verified of(final OpenedLeaf record) {
        return new Verified(record);
    }

    static Verified absent() {
        return ABSENT;
    }

    /**
     * Whether there is what was asked for. If not, that is proven too.
     *
     * @return true if there is a record
     */
    public boolean isPresent() {
        return record != null;
    }

    /**
     * The value.
     *
     * @return a copy; null if there is no record
     */
    public byte[] value() {
        return record == null ? null : record.value().clone();
    }

    /**
     * The version of the record.
     *
     * @return its version, 0 for a plain put; 0 too if there is no record
     */
    public long version() {
        return record == null ? 0 : record.version();
    }

    /**
     * The sequence number of the record.
     *
     * @return its sequence number; 0 if there is no record
     */
    public long sequence() {
        return record == null ? 0 : record.sequence();
    }
}
