package org.avccdb.engine.compaction;

import org.avccdb.engine.manifest.VersionEdit;

/**
 * A flush or a compaction, as plain steps. One thread at a time uses it; which one takes the next step does not matter. Only
 * {@link #help} is for any thread, at any time.
 *
 * <p>{@link #step} until it says true, then take the {@link #edit}, apply it, and {@link #close}. Close it at any other
 * moment to give up. Whoever has taken the edit owns the tables in it: they are not deleted any more, because an edit that
 * could not be applied may be on disk all the same.
 */
public interface TableTask extends AutoCloseable {
    /**
     * Does a bounded piece of the work, about a millisecond; nothing while {@link #delayNanos} asks to wait. After an
     * exception there are no further steps: close it, and begin a new task later.
     *
     * @return true if all is done, but for the edit
     */
    boolean step();

    /** Does a piece of work that the others are not at, if there is one, and says whether. What fails, fails the next step. */
    default boolean help() {
        return false;
    }

    /** How long to wait before the next step, in nanoseconds; 0 to go on at once. */
    long delayNanos();

    /** What has changed; once, after {@link #step} has said true. */
    VersionEdit edit();

    /** The edit was refused before any of it was written: {@link #close} deletes what it would have added. */
    void refused();

    /** What it has done so far. */
    TaskStatistics statistics();

    /** Releases what it has claimed; deletes what it has written, unless the edit was taken. Never throws. */
    @Override
    void close();
}
