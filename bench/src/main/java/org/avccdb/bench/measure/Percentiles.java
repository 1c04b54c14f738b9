package org.avccdb.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Histograms of nanoseconds as figures. */
public final class Percentiles {
    private static final int TICKS = 5;
    private static final double WHOLE = 100;

    private Percentiles() {}

    /** Count, mean and percentiles, in nanoseconds. */
    public static Map<String, Object> of(final Histogram histogram) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", histogram.getTotalCount());
        figures.put("mean", histogram.getTotalCount() == 0 ? 0.0 : histogram.getMean());
        figures.put("min", histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue());
        figures.put("p50", histogram.getValueAtPercentile(50));
        figures.put("p90", histogram.getValueAtPercentile(90));
        figures.put("p99", histogram.getValueAtPercentile(99));
        figures.put("p99.9", histogram.getValueAtPercentile(99.9));
        figures.put("p99.99", histogram.getValueAtPercentile(99.99));
        figures.put("max", histogram.getMaxValue());
        return figures;
    }

    /** The same with the curve: pairs of 1/(1-p) and nanoseconds. The last one, where p is 1, stands at the count. */
    public static Map<String, Object> withCurve(final Histogram histogram) {
        final Map<String, Object> figures = of(histogram);
        final List<Object> curve = new ArrayList<>();
        for (final HistogramIterationValue at : histogram.percentiles(TICKS)) {
            final double rest = 1 - at.getPercentileLevelIteratedTo() / WHOLE;
            curve.add(List.of(rest > 0 ? 1 / rest : (double) histogram.getTotalCount(), at.getValueIteratedTo()));
        }
        figures.put("curve", curve);
        return figures;
    }

    /** The few that a line of a time series needs. */
    public static Map<String, Object> brief(final Histogram histogram) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", histogram.getTotalCount());
        figures.put("p50", histogram.getValueAtPercentile(50));
        figures.put("p99", histogram.getValueAtPercentile(99));
        figures.put("p99.9", histogram.getValueAtPercentile(99.9));
        figures.put("max", histogram.getMaxValue());
        return figures;
    }
}
