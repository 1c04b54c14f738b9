package org.avccdb.engine.threading;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.avccdb.AvccDbException;
import org.avccdb.NoSpaceException;
import org.avccdb.engine.compaction.Backoff;

/**
 * What an agent does about a failure: it waits before it tries again, and tells the writer once waiting for it has no point:
 * where there is no space at once, else when it has failed several times in a row. One thread uses it; any may ask it to
 * hurry, and how often it has failed.
 */
final class Retry {
    private static final int PATIENCE = 3;

    private final Backoff backoff;
    private final Consumer<AvccDbException> hindrance;
    private int failures;
    private volatile long allFailures;
    private volatile boolean isHindered;
    private volatile boolean isHurried;

    Retry(final Backoff backoff, final Consumer<AvccDbException> hindrance) {
        this.backoff = backoff;
        this.hindrance = hindrance;
    }

    /** What was thrown, as what is reported. */
    static AvccDbException asFailure(final String work, final Throwable thrown) {
        return thrown instanceof AvccDbException known
                ? known
                : new AvccDbException(work + " failed: " + thrown, thrown);
    }

    boolean mayTry() {
        if (isHurried) {
            isHurried = false;
            return true;
        }
        return backoff.delayNanos() == 0;
    }

    /**
     * Lets the next attempt begin at once, if the last one told the writer that waiting has no point: what was wrong may be
     * over.
     *
     * @return whether that attempt has been made
     */
    BooleanSupplier again() {
        final long before = allFailures;
        isHurried = isHindered;
        return () -> !isHindered || allFailures != before;
    }

    /** How often it has failed at all. */
    long failures() {
        return allFailures;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the agent's own thread counts
    void failed(final AvccDbException why) {
        backoff.failed();
        failures++;
        if (why instanceof NoSpaceException || failures >= PATIENCE) {
            hindrance.accept(why);
            isHindered = true;
        }
        allFailures++;
    }

    void succeeded() {
        if (failures > 0) {
            failures = 0;
            backoff.succeeded();
            hindrance.accept(null);
            isHindered = false;
        }
    }
}
