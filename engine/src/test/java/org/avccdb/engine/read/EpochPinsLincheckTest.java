package org.avccdb.engine.read;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Model checking of the epochs: a reader never finds, or still sees, what has been freed. */
public class EpochPinsLincheckTest {
    /** One place at first, so that readers make more. */
    private final EpochPins pins = new EpochPins(1);

    private volatile Box present = new Box();

    /** What is replaced. */
    private static final class Box {
        private volatile boolean freed;
    }

    @Test
    void modelCheck() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .iterations(5)
                .invocationsPerIteration(150)
                .minimizeFailedScenario(false)
                // A machine that stands still for half a minute is no execution that hangs.
                .invocationTimeout$lincheck(300_000)
                .loopBound(100)
                .sequentialSpecification(Sequential.class)
                .check(getClass());
    }

    /** Whether what a reader finds stays while it is inside. */
    @Operation
    public boolean read() {
        Place place = pins.enter();
        Box found = present;
        boolean alive = !found.freed;
        boolean stays = !found.freed;
        pins.exit(place);
        return alive && stays;
    }

    /** The same in a place that was made for it, as the first is taken. */
    @Operation
    public boolean readInNewPlace() {
        Place outer = pins.enter();
        Place inner = pins.enter();
        pins.exit(outer);
        Box found = present;
        boolean alive = !found.freed;
        boolean stays = !found.freed;
        pins.exit(inner);
        return alive && stays;
    }

    /** Replaces what readers find. */
    @Operation(nonParallelGroup = "writer")
    public boolean replace() {
        Box old = present;
        present = new Box();
        pins.retire(() -> old.freed = true);
        pins.reclaim();
        return true;
    }

    /** Frees what can be. */
    @Operation
    public boolean reclaim() {
        pins.reclaim();
        return true;
    }

    /** The same without threads. */
    public static class Sequential {
        /** As above. */
        public boolean read() {
            return true;
        }

        /** As above. */
        public boolean readInNewPlace() {
            return true;
        }

        /** As above. */
        public boolean replace() {
            return true;
        }

        /** As above. */
        public boolean reclaim() {
            return true;
        }
    }
}
