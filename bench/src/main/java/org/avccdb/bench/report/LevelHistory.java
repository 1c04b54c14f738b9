package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many bytes were in each level, over time. */
final class LevelHistory {
    private final List<Map<?, ?>> series;
    private final Set<Long> levels = new TreeSet<>();
    private double highest;

    /**
     * One level's share of the stack.
     *
     * @param level its number
     * @param edge the line around it
     */
    record Band(long level, List<double[]> edge) {}

    LevelHistory(final List<Map<?, ?>> series) {
        this.series = series;
        for (final Map<?, ?> line : series) {
            double sum = 0;
            for (final Map<?, ?> level : Fields.maps(line, "levels")) {
                levels.add((long) Fields.number(level, "level"));
                sum += Fields.number(level, "bytes");
            }
            highest = Math.max(highest, sum);
        }
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Most bytes at any time. */
    double highest() {
        return highest;
    }

    /** From the bottom of the stack to its top. */
    List<Band> bands() {
        final List<Band> bands = new ArrayList<>();
        final double[] floor = new double[series.size()];
        for (final long level : levels) {
            final List<double[]> edge = new ArrayList<>();
            final List<double[]> back = new ArrayList<>();
            for (int i = 0; i < floor.length; i++) {
                final double at = Fields.number(series.get(i), "atSeconds");
                back.add(new double[] {at, floor[i]});
                floor[i] += bytes(series.get(i), level);
                edge.add(new double[] {at, floor[i]});
            }
            Collections.reverse(back);
            edge.addAll(back);
            bands.add(new Band(level, edge));
        }
        return bands;
    }

    private static double bytes(final Map<?, ?> line, final long level) {
        return Fields.maps(line, "levels").stream()
                .filter(shape -> Fields.number(shape, "level") == level)
                .mapToDouble(shape -> Fields.number(shape, "bytes"))
                .sum();
    }
}
