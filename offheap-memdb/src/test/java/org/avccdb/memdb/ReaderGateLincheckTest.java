package org.avccdb.memdb;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Model checking of the gate: what it guards changes only where the gate is shut and nobody is inside. */
public class ReaderGateLincheckTest {
    private final ReaderGate gate = new ReaderGate();

    /** Two steps of what the gate guards; a reader that sees one without the other was let in by mistake. */
    private volatile int first;

    private volatile int second;

    @Test
    void modelCheck() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(500)
                .minimizeFailedScenario(false)
                // A machine that stands still for half a minute is no execution that hangs.
                .invocationTimeout$lincheck(300_000)
                // More than one look at all places.
                .loopBound(200)
                // Waits, and says nothing.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(Pause.class.getName())
                        .allMethods()
                        .ignore())
                .sequentialSpecification(Sequential.class)
                .check(getClass());
    }

    /** Whether what a reader sees inside is whole; also where it is refused, as that depends on the others. */
    @Operation
    public boolean read() {
        int place = gate.enter();
        if (place < 0) {
            return true;
        }
        int seenSecond = second;
        boolean inside = gate.isInside();
        int seenFirst = first;
        gate.exit(place);
        return inside && seenFirst == seenSecond;
    }

    /** The same from inside another read, which must not be refused where the outer one was not. */
    @Operation
    public boolean readNested() {
        int outer = gate.enter();
        if (outer < 0) {
            return true;
        }
        int seenSecond = second;
        int inner = gate.enter();
        if (inner < 0) {
            gate.exit(outer);
            return false;
        }
        gate.exit(inner);
        int seenFirst = first;
        gate.exit(outer);
        return seenFirst == seenSecond;
    }

    /** Whether a change was made in peace, or not at all because somebody is inside. */
    @Operation(nonParallelGroup = "writer")
    public boolean change() {
        gate.shut();
        if (gate.isEmpty()) {
            int next = first + 1;
            first = next;
            second = next;
        }
        gate.open();
        return first == second;
    }

    /** The same without threads. */
    public static class Sequential {
        /** As above. */
        public boolean read() {
            return true;
        }

        /** As above. */
        public boolean readNested() {
            return true;
        }

        /** As above. */
        public boolean change() {
            return true;
        }
    }
}
