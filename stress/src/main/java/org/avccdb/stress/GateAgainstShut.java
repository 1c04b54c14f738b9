package org.avccdb.stress;

import org.avccdb.memdb.ReaderGate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Either the reader finds the gate shut, or who shut it finds the reader. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "inside, and waited for")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "shut out")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "shut out, its claim seen before it was taken back")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "inside, and nobody waits")
@State
public class GateAgainstShut {
    private final ReaderGate gate = new ReaderGate();

    /** Stays inside. */
    @Actor
    public void read(final II_Result result) {
        result.r1 = gate.enter() >= 0 ? 1 : 0;
    }

    @Actor
    public void shut(final II_Result result) {
        gate.shut();
        result.r2 = gate.isEmpty() ? 1 : 0;
    }
}
