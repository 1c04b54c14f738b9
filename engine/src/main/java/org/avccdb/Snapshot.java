package org.avccdb;

import org.avccdb.engine.read.Reads;
import org.avccdb.engine.read.SnapshotPin;

/**
 * The database as it was at one moment, whatever is written, flushed or compacted since. It keeps memory and files that are
 * no longer needed otherwise, so close it when it is not needed any more.
 *
 * <p>Any number of threads may use it at once. A cursor that comes from it may outlive it.
 */
public final class Snapshot extends DelegatingReader implements AutoCloseable {
    private final SnapshotPin pin;
    private final Reads reads;

    Snapshot(final SnapshotPin pin, final Reads reads) {
        this.pin = pin;
        this.reads = reads;
    }

    @Override
    Reads reads() {
        return reads;
    }

    /**
     * Which moment it shows.
     *
     * @return the sequence number of the last record that was visible
     */
    public long sequence() {
        return pin.sequence();
    }

    /** Lets go of what it keeps. A second call does nothing. */
    @Override
    public void close() {
        pin.close();
    }
}
