package org.avccdb.engine.read;

import java.lang.ref.Cleaner;

/**
 * What a snapshot holds: lets go of its view when it is closed, or as a net under a missing {@code close} when it is
 * unreachable. Any thread may call any method.
 */
public final class SnapshotPin implements AutoCloseable {
    private final PinnedView pinned;
    private final Cleaner.Cleanable net;

    SnapshotPin(final PinnedView pinned) {
        this.pinned = pinned;
        this.net = Nets.CLEANER.register(this, pinned::release);
    }

    /** What reads of the snapshot see. */
    public PinnedView pinned() {
        return pinned;
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        net.clean();
    }
}
