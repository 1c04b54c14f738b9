package org.avccdb.engine.journal;

import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.StorageException;

/** Remembers the first failure that leaves a journal in doubt. Any thread may call it; it never forgets. */
final class JournalFailure {
    private final AtomicReference<StorageException> first = new AtomicReference<>();

    /** Throws the first failure, if there was one. */
    void check() {
        final StorageException failure = first.getAcquire();
        if (failure != null) {
            throw failure;
        }
    }

    /** The first failure, which is this one unless there was one before. */
    StorageException latch(final StorageException failure) {
        first.compareAndSet(null, failure);
        return first.get();
    }

    /** The same for a fault that the virtual machine reports where a mapped page cannot be had. */
    StorageException latch(final String file, final InternalError fault) {
        return latch(new StorageException(file + ": cannot be written: " + fault.getMessage(), fault));
    }
}
