package org.avccdb.engine.read;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * What a snapshot holds: lets go of its view when it is closed, or as a net under a missing {@code close} when it is
 * unreachable. Any thread may call any method.
 *
 * <ol>
 *   <li>Readers come to the view through this object, so it is reachable until they have it: a snapshot that nobody will use
 *       again is not let go under a read that has begun.
 * </ol>
 */
public final class SnapshotPin implements ReadSource, AutoCloseable {
    private final PinnedView pinned;
    private final Cleaner.Cleanable net;

    SnapshotPin(final PinnedView pinned) {
        this.pinned = pinned;
        this.net = Nets.CLEANER.register(this, pinned::release);
    }

    @Override
    public ReadView view(final Place place) {
        try {
            return pinned.view(place);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The highest sequence number that is seen; throws where it has been let go. */
    public long sequence() {
        try {
            return pinned.heldSequence();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        net.clean();
    }
}
