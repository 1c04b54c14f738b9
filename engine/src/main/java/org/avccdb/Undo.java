package org.avccdb;

import java.util.ArrayDeque;
import java.util.Deque;
import org.avccdb.engine.recovery.JournalRecovery;

/** What has to be let go where opening fails half way, the last first. One thread uses it. */
final class Undo {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private Runnable ofRecovery;

    void add(final Runnable step) {
        steps.push(step);
    }

    void addRecovery(final JournalRecovery recovery) {
        ofRecovery = recovery::close;
        steps.push(ofRecovery);
    }

    /** Somebody else sees to what was replayed from now on. */
    void forgetRecovery() {
        steps.remove(ofRecovery);
    }

    /** Lets go; what fails meanwhile is added to the failure that is the reason. */
    void run(final Throwable reason) {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (final RuntimeException failure) {
                reason.addSuppressed(failure);
            }
        }
    }
}
