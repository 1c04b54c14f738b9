package org.avccdb.stress;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemDb;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A key and its value are seen whole or not at all. */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "-1, 7", expect = Expect.ACCEPTABLE, desc = "comes in between")
@Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "there")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of it, or gone again")
@State
public class RecordPublication {
    private static final int LENGTH = 24;
    private static final UnsafeBuffer VALUE = Buffers.value(7, LENGTH);

    private final MemDb map = States.map();
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[LENGTH]);

    @Actor
    public void write() {
        map.put(Buffers.key(1), 0, Integer.BYTES, VALUE, 0, LENGTH);
    }

    @Actor
    public void read(final II_Result result) {
        result.r1 = look();
        result.r2 = look();
    }

    private int look() {
        final int length = map.get(Buffers.key(1), 0, Integer.BYTES, target, 0);
        return length < 0 ? length : length == LENGTH ? Buffers.content(target, LENGTH, -2) : -3;
    }
}
