package org.avccdb.bench.workloads;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.avccdb.bench.load.Worker;

/**
 * Something that can be measured.
 *
 * @param name what it is called on the command line
 * @param needs what must be in the store before
 * @param leaves what is in it afterwards
 * @param kinds the kinds of its operations, as {@link Worker#kind} counts them
 * @param synced whether each write is synced, whatever was asked for
 * @param needsProofs whether the engine must have roots and proofs
 * @param operations how many operations it is
 * @param worker makes the worker of a thread, counted from 0
 * @param background makes a worker that works beside the others for as long as they do, or null; its operations are of the
 *     last kind
 */
public record Workload(
        String name,
        Content needs,
        Content leaves,
        List<String> kinds,
        boolean synced,
        boolean needsProofs,
        ToLongFunction<Parameters> operations,
        BiFunction<Task, Integer, Worker> worker,
        BiFunction<Task, Integer, Worker> background) {

    /** Whether it begins with an empty store. */
    public boolean fills() {
        return needs == Content.EMPTY;
    }

    /** Whether its content has versions. */
    public boolean versioned() {
        return needs == Content.VERSIONED || leaves == Content.VERSIONED;
    }
}
