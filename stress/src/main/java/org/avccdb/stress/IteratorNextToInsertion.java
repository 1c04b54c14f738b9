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

/** An iterator on the key 4 of 2, 4, 6, while 3 and 5 are inserted: the neighbours are those of one moment each. */
@JCStressTest
@Outcome(
        id = {"6, 4", "6, 5"},
        expect = Expect.ACCEPTABLE,
        desc = "5 came after next, and before prev or later")
@Outcome(id = "5, 4", expect = Expect.ACCEPTABLE, desc = "5 came before next")
@Outcome(expect = Expect.FORBIDDEN, desc = "an entry missing, twice, or out of order")
@State
public class IteratorNextToInsertion {
    private final SkipList list = States.list(3);
    private final SkipListIterator iterator = list.iterator();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    public IteratorNextToInsertion() {
        iterator.seek(Buffers.key(4), 0, Integer.BYTES, 0, 0);
    }

    @Actor
    public void insert() {
        States.add(list, 3);
        States.add(list, 5);
    }

    @Actor
    public void move(final II_Result result) {
        result.r1 = iterator.next() ? Buffers.keyOf(list, iterator, view) : -1;
        result.r2 = iterator.prev() ? Buffers.keyOf(list, iterator, view) : -1;
    }
}
