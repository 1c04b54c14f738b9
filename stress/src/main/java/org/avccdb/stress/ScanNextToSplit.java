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

/** The key 41 splits a full leaf: scans in both directions count the 32 keys that were there, in order, and may see 41. */
@JCStressTest
@Outcome(
        id = {"32, 32", "32, 33", "33, 32", "33, 33"},
        expect = Expect.ACCEPTABLE,
        desc = "all, with or without the new one")
@Outcome(expect = Expect.FORBIDDEN, desc = "an entry missing, twice, or out of order")
@State
public class ScanNextToSplit {
    private final SkipList list = States.list(States.FULL);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer otherView = new UnsafeBuffer(0, 0);

    @Actor
    public void split() {
        States.add(list, 41);
    }

    @Actor
    public void forward(final II_Result result) {
        final SkipListIterator iterator = list.iterator();
        int count = 0;
        int last = 0;
        for (boolean found = iterator.first(); found; found = iterator.next()) {
            final int key = Buffers.keyOf(list, iterator, view);
            if (key <= last) {
                count += 1000;
            }
            last = key;
            count++;
        }
        result.r1 = count;
    }

    @Actor
    public void backward(final II_Result result) {
        final SkipListIterator iterator = list.iterator();
        int count = 0;
        int last = Integer.MAX_VALUE;
        for (boolean found = iterator.last(); found; found = iterator.prev()) {
            final int key = Buffers.keyOf(list, iterator, otherView);
            if (key >= last) {
                count += 1000;
            }
            last = key;
            count++;
        }
        result.r2 = count;
    }
}
