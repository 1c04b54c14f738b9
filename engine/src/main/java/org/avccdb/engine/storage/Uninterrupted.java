package org.avccdb.engine.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs steps on channels, which an interrupt of the thread would close under it. Such a step opens its channel itself, so
 * that it can be done again; the thread's flag is set afterwards as it would have been.
 */
final class Uninterrupted {
    /** A step that may be done more than once. */
    interface Step<T> {
        T run() throws IOException;
    }

    private Uninterrupted() {}

    static <T> T call(final Step<T> step) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return step.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
