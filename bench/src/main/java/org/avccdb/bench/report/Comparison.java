package org.avccdb.bench.report;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The engines in one workload.
 *
 * @param workload its name
 * @param standings in the order of the run; at least one
 */
record Comparison(String workload, List<Standing> standings) {
    /** From the fastest to the slowest. */
    List<Standing> ranked() {
        return standings.stream()
                .sorted(Comparator.comparingDouble((Standing standing) -> standing.median())
                        .reversed())
                .toList();
    }

    Standing fastest() {
        return ranked().get(0);
    }

    /** Whether the rounds of the fastest and of the next one lie apart. */
    boolean isClear() {
        final List<Standing> ranked = ranked();
        return ranked.size() > 1 && ranked.get(0).lowest() > ranked.get(1).highest();
    }

    /** How many times as fast as the other the fastest is. */
    double lead() {
        final List<Standing> ranked = ranked();
        return ranked.size() > 1 ? ranked.get(0).median() / ranked.get(1).median() : Double.NaN;
    }

    /** The highest rate of any round. */
    double fastestRound() {
        return standings.stream().mapToDouble(Standing::highest).max().orElse(0);
    }

    boolean isOneRound() {
        return standings.stream().allMatch(standing -> standing.rounds().size() == 1);
    }

    /** All kinds of operations that any engine did. */
    Set<String> kinds() {
        final Set<String> kinds = new LinkedHashSet<>();
        standings.forEach(standing -> standing.rounds().forEach(round -> kinds.addAll(round.kinds())));
        return kinds;
    }
}
