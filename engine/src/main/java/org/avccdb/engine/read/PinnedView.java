package org.avccdb.engine.read;

import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.SnapshotReleasedException;

/**
 * A view and a sequence number that stay as they are until they are let go: what a snapshot or a cursor sees. Any thread may
 * call any method. It holds one reference on the view, which is let go once.
 */
public final class PinnedView implements ReadSource {
    private final Views views;
    private final AtomicReference<ReadView> view;
    private final long sequence;
    private final long sinceNanos;
    private final boolean forSnapshot;

    /** Takes over a reference on the view. */
    PinnedView(
            final Views views,
            final ReadView view,
            final long sequence,
            final long sinceNanos,
            final boolean forSnapshot) {
        this.views = views;
        this.view = new AtomicReference<>(view);
        this.sequence = sequence;
        this.sinceNanos = sinceNanos;
        this.forSnapshot = forSnapshot;
    }

    @Override
    public ReadView view(final Place place) {
        final ReadView pinned = view.get();
        if (pinned == null) {
            throw released();
        }
        place.sees(sequence);
        return pinned;
    }

    /** As {@link #sequence}, where it has not been let go. */
    long heldSequence() {
        if (view.get() == null) {
            throw released();
        }
        return sequence;
    }

    /** The end of the database lets go of snapshots too. */
    private RuntimeException released() {
        views.requireOpen();
        return new SnapshotReleasedException("the snapshot has been closed; take another one");
    }

    /** What it pins, for whoever knows that nobody lets it go meanwhile; else null at any time. */
    ReadView viewOrNull() {
        return view.get();
    }

    /** What it pins, with a reference of the caller's own, which nobody else lets go of meanwhile. */
    public ReadView retainView() {
        final ReadView pinned = view.get();
        pinned.retain();
        return pinned;
    }

    /** The highest sequence number that is seen. */
    public long sequence() {
        return sequence;
    }

    /** When it was pinned. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Whether only entered readers look at it, so that the end of the database may let it go. */
    boolean isForSnapshot() {
        return forSnapshot;
    }

    /** Shows the same in another way from now on; the new view's reference goes to this object. */
    void replace(final ReadView present, final ReadView next) {
        if (view.compareAndSet(present, next)) {
            views.retire(present::release);
        } else {
            next.release();
        }
    }

    /** Lets go; readers that are inside see it until they leave. A second call does nothing. */
    public void release() {
        final ReadView released = view.getAndSet(null);
        if (released != null) {
            views.unpinned(this);
            views.retire(released::release);
        }
    }

    /** The same where no reader enters through it, so that it need not wait for any. */
    void releaseUnread() {
        final ReadView released = view.getAndSet(null);
        if (released != null) {
            views.unpinned(this);
            released.release();
        }
    }
}
