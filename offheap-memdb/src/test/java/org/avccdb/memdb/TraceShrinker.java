package org.avccdb.memdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a failing history as short and simple as it gets: leaves out ever smaller chunks, then tries simpler forms of what
 * is left, as long as the history still fails.
 *
 * @param <T> a step of the history
 */
final class TraceShrinker<T> {
    private final Predicate<List<T>> fails;
    private final Function<T, List<T>> simpler;

    /**
     * For histories of one kind.
     *
     * @param fails whether a history fails
     * @param simpler other forms of a step to be tried instead of it; each must be simpler, or the search does not end
     */
    TraceShrinker(Predicate<List<T>> fails, Function<T, List<T>> simpler) {
        this.fails = fails;
        this.simpler = simpler;
    }

    /** A part of the history that still fails, of which no step can be left out or made simpler. */
    List<T> shrink(List<T> history) {
        List<T> shortest = List.copyOf(history);
        while (true) {
            List<T> next = simplify(dropChunks(shortest));
            if (next.equals(shortest)) {
                return shortest;
            }
            shortest = next;
        }
    }

    private List<T> dropChunks(List<T> history) {
        List<T> kept = history;
        for (int chunk = Math.max(1, history.size() / 2); ; chunk = Math.max(1, chunk / 2)) {
            boolean dropped = false;
            // From the end: what comes late depends on what comes early.
            for (int from = kept.size() - chunk; from > -chunk; from -= chunk) {
                List<T> without = new ArrayList<>(kept.subList(0, Math.max(0, from)));
                without.addAll(kept.subList(from + chunk, kept.size()));
                if (fails.test(without)) {
                    kept = without;
                    dropped = true;
                }
            }
            if (chunk == 1 && !dropped) {
                return kept;
            }
        }
    }

    private List<T> simplify(List<T> history) {
        List<T> kept = new ArrayList<>(history);
        for (int i = 0; i < kept.size(); i++) {
            boolean changed;
            do {
                changed = false;
                T step = kept.get(i);
                for (T candidate : simpler.apply(step)) {
                    kept.set(i, candidate);
                    if (fails.test(kept)) {
                        changed = true;
                        break;
                    }
                    kept.set(i, step);
                }
            } while (changed);
        }
        return kept;
    }
}
