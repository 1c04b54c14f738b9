package org.avccdb.engine.writer;

import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.StorageException;

/**
 * Stops all writing for good, from the first failure that leaves journal or manifest in doubt until the database is reopened.
 * Any thread.
 */
public final class FailureLatch {
    private final AtomicReference<Throwable> cause = new AtomicReference<>();

    /** Remembers the first cause; true for the one that was first. */
    public boolean set(final Throwable why) {
        return cause.compareAndSet(null, why);
    }

    public boolean isSet() {
        return cause.get() != null;
    }

    /** What a write gets from now on; to be asked when it is set. */
    public StorageException refusal() {
        final Throwable first = cause.get();
        return new StorageException(
                "the database has stopped accepting writes, because what is on disk is in doubt since this failure: "
                        + first.getMessage() + "; reading goes on; close and reopen it to recover",
                first);
    }

    /** Throws where it is set. */
    public void check() {
        if (isSet()) {
            throw refusal();
        }
    }
}
