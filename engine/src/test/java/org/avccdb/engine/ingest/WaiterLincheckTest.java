package org.avccdb.engine.ingest;

import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Model checking of a caller and the writer: each write gets its own outcome, also where the one before failed, and the
 * caller that parks is woken.
 */
public class WaiterLincheckTest {
    private final AtomicReference<Waiter> handedOver = new AtomicReference<>();
    /** Of the caller's thread alone. */
    private long asked;
    /** Of the writer's thread alone. */
    private long answered;

    @Test
    void modelCheck() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(0)
                .iterations(10)
                .invocationsPerIteration(400)
                .minimizeFailedScenario(false)
                // A machine that stands still for half a minute is no execution that hangs.
                .invocationTimeout$lincheck(300_000)
                .sequentialSpecification(Sequential.class)
                .check(getClass());
    }

    /** Hands a write over and waits for its outcome: whether it is its own. */
    @Operation(nonParallelGroup = "caller")
    public boolean write() {
        asked++;
        Waiter waiter = Waiter.ofThread();
        waiter.begin();
        handedOver.set(waiter);
        // Instead of a writer who may not come: what it would do, as any thread with the role may.
        settle();
        while (!waiter.isSettled()) {
            waiter.park();
        }
        try {
            return waiter.outcome() == asked && asked % 2 != 0;
        } catch (IllegalStateException refused) {
            return asked % 2 == 0;
        }
    }

    /** Settles a write, if there is one. */
    @Operation(nonParallelGroup = "writer")
    public boolean settle() {
        Waiter waiter = handedOver.getAndSet(null);
        if (waiter != null) {
            long answer = ++answered;
            if (answer % 2 == 0) {
                waiter.failed(new IllegalStateException());
            } else {
                waiter.done(answer);
            }
        }
        return true;
    }

    /** The same without threads. */
    public static class Sequential {
        /** As above. */
        public boolean write() {
            return true;
        }

        /** As above. */
        public boolean settle() {
            return true;
        }
    }
}
