package org.avccdb.stress;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemDb;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Of a value that is overwritten the old or the new one is seen whole, and the old one not after the new one. */
@JCStressTest
@Outcome(id = "5, 5", expect = Expect.ACCEPTABLE, desc = "the old value")
@Outcome(id = "5, 9", expect = Expect.ACCEPTABLE, desc = "the old one, then the new one")
@Outcome(id = "9, 9", expect = Expect.ACCEPTABLE, desc = "the new value")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or back in time")
@State
public class ValueOverwrite {
    private static final int OLD_LENGTH = 8;
    private static final int NEW_LENGTH = 40;
    private static final UnsafeBuffer OLD = Buffers.value(5, OLD_LENGTH);
    private static final UnsafeBuffer NEW = Buffers.value(9, NEW_LENGTH);

    private final MemDb map = States.map();
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[NEW_LENGTH]);

    public ValueOverwrite() {
        map.put(Buffers.key(1), 0, Integer.BYTES, OLD, 0, OLD_LENGTH);
    }

    @Actor
    public void write() {
        map.put(Buffers.key(1), 0, Integer.BYTES, NEW, 0, NEW_LENGTH);
    }

    @Actor
    public void read(final II_Result result) {
        result.r1 = look();
        result.r2 = look();
    }

    private int look() {
        final int length = map.get(Buffers.key(1), 0, Integer.BYTES, target, 0);
        if (length < 0) {
            return -1;
        }
        final int content = Buffers.content(target, length, -2);
        return length == (content == 5 ? OLD_LENGTH : NEW_LENGTH) ? content : -3;
    }
}
