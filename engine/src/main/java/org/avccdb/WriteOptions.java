package org.avccdb;

/** How a write is done. Immutable. */
public final class WriteOptions {
    /**
     * Handed to the operating system before the write returns: it survives the death of the process, but the last moments
     * may be lost with the power.
     */
    public static final WriteOptions DEFAULT = new WriteOptions(false, false);

    /** On disk before the write returns. */
    public static final WriteOptions SYNC = new WriteOptions(true, false);

    private static final WriteOptions DEFAULT_ALONE = new WriteOptions(false, true);
    private static final WriteOptions SYNC_ALONE = new WriteOptions(true, true);

    private final boolean sync;
    private final boolean noMerge;

    private WriteOptions(final boolean sync, final boolean noMerge) {
        this.sync = sync;
        this.noMerge = noMerge;
    }

    /**
     * The same, but the write goes to the journal alone, in no group with others.
     *
     * @return these options with that
     */
    public WriteOptions noMerge() {
        return sync ? SYNC_ALONE : DEFAULT_ALONE;
    }

    /**
     * Whether the write is on disk before it returns.
     *
     * @return true if it is
     */
    public boolean isSync() {
        return sync;
    }

    /**
     * Whether the write goes to the journal alone.
     *
     * @return true if it does
     */
    public boolean isNoMerge() {
        return noMerge;
    }

    @Override
    public String toString() {
        return "WriteOptions[sync=" + sync + ", noMerge=" + noMerge + "]";
    }
}
