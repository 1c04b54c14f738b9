package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one workload gave on one engine in one round.
 *
 * @param content as in {@code run.json}
 */
record Result(Map<?, ?> content) {
    String workload() {
        return Fields.text(content, "workload");
    }

    String engine() {
        return Fields.text(content, "engine");
    }

    int round() {
        final double round = Fields.number(content, "round");
        return Double.isNaN(round) ? 1 : (int) round;
    }

    double recordsPerSecond() {
        return Fields.number(content, "recordsPerSecond");
    }

    double resource(final String name) {
        final double value = Fields.number(Fields.map(content, "resources"), name);
        return value < 0 ? Double.NaN : value;
    }

    /** The kinds of operations. */
    List<String> kinds() {
        return Fields.map(content, "latency").keySet().stream()
                .map(Object::toString)
                .toList();
    }

    /** The times of a kind, {@code service} or {@code response}; null where there are none. */
    Distribution latency(final String kind, final String mode) {
        final Map<?, ?> figures = Fields.map(Fields.map(Fields.map(content, "latency"), kind), mode);
        return figures.isEmpty() ? null : new Distribution(figures);
    }

    /** Response times if there are any, else service times. */
    Distribution felt(final String kind) {
        final Distribution response = latency(kind, "response");
        return response == null ? latency(kind, "service") : response;
    }

    /** What was done most; empty where nothing was timed. */
    String mainKind() {
        String most = "";
        double count = -1;
        for (final String kind : kinds()) {
            final Distribution times = felt(kind);
            if (times != null && times.count() > count) {
                most = kind;
                count = times.count();
            }
        }
        return most;
    }

    /** A percentile of what was done most, in nanoseconds. */
    double mainLatency(final String percentile) {
        final Distribution times = felt(mainKind());
        return times == null ? Double.NaN : times.at(percentile);
    }

    List<Map<?, ?>> series() {
        return Fields.maps(content, "series");
    }

    List<Map<?, ?>> events() {
        return Fields.maps(content, "events");
    }

    /** Sizes of proofs by what they prove. */
    Map<?, ?> proofBytes() {
        return Fields.map(content, "proofBytes");
    }

    List<String> failures() {
        return new ArrayList<>(
                Fields.list(content, "failures").stream().map(String::valueOf).toList());
    }
}
