package org.avccdb.bench.engines;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits until background work has come to an end, but not for ever. It counts how often it has looked, not the time: while the
 * whole process stands still, so does the work.
 */
final class Settling {
    /** How often it must look and find that nothing goes on: 1 s, since obsolete tables may be deleted between two compactions. */
    static final int QUIET_LOOKS = 50;
    /** How often it looks at work that does not get on before it gives up: 5 minutes. */
    static final int STUCK_LOOKS = 15_000;

    private static final long LOOK_NANOS = 20_000_000;

    private final BooleanSupplier working;
    private final Supplier<String> state;
    private final Runnable pause;

    /**
     * @param working whether background work is known to go on
     * @param state changes as work gets on
     */
    Settling(final BooleanSupplier working, final Supplier<String> state) {
        this(working, state, () -> LockSupport.parkNanos(LOOK_NANOS));
    }

    Settling(final BooleanSupplier working, final Supplier<String> state, final Runnable pause) {
        this.working = working;
        this.state = state;
        this.pause = pause;
    }

    /** Returns true when nothing goes on any more, and false when work goes on but has not got on for long. */
    boolean await() {
        String seen = state.get();
        int same = 0;
        int quiet = 0;
        while (quiet < QUIET_LOOKS && same < STUCK_LOOKS) {
            pause.run();
            final String now = state.get();
            same = now.equals(seen) ? same + 1 : 0;
            quiet = same == 0 || working.getAsBoolean() ? 0 : quiet + 1;
            seen = now;
        }
        return quiet == QUIET_LOOKS;
    }
}
