package org.avccdb.bench.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Counts proofs by what they prove and by their length in bytes. One thread at a time. */
public final class ProofSizes {
    private static final int DIGITS = 3;

    private final Map<String, Histogram> byKind = new LinkedHashMap<>();

    /** There was a proof of that kind and length. */
    public void add(final String kind, final long bytes) {
        histogram(kind).recordValue(bytes);
    }

    /** Takes in what others have counted. */
    public void addAll(final ProofSizes others) {
        others.byKind.forEach((kind, sizes) -> histogram(kind).add(sizes));
    }

    private Histogram histogram(final String kind) {
        return byKind.computeIfAbsent(kind, key -> new Histogram(DIGITS));
    }

    /** Lengths in bytes by what was proven; empty where nothing was. */
    public Map<String, Histogram> byKind() {
        return Collections.unmodifiableMap(byKind);
    }
}
