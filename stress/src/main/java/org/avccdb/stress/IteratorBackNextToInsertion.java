package org.avccdb.stress;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.SkipList;
import org.avccdb.memdb.SkipListIterator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The same towards the beginning. */
@JCStressTest
@Outcome(
        id = {"2, 4", "2, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "3 came after prev, and before next or later")
@Outcome(id = "3, 4", expect = Expect.ACCEPTABLE, desc = "3 came before prev")
@Outcome(expect = Expect.FORBIDDEN, desc = "an entry missing, twice, or out of order")
@State
public class IteratorBackNextToInsertion {
    private final SkipList list = States.list(3);
    private final SkipListIterator iterator = list.iterator();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    public IteratorBackNextToInsertion() {
        iterator.seek(Buffers.key(4), 0, Integer.BYTES, 0, 0);
    }

    @Actor
    public void insert() {
        States.add(list, 3);
        States.add(list, 5);
    }

    @Actor
    public void move(final II_Result result) {
        result.r1 = iterator.prev() ? Buffers.keyOf(list, iterator, view) : -1;
        result.r2 = iterator.next() ? Buffers.keyOf(list, iterator, view) : -1;
    }
}
