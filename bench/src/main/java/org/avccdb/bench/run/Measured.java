package org.avccdb.bench.run;

import java.util.List;
import org.avccdb.bench.load.ProofSizes;
import org.avccdb.bench.measure.KindLatency;
import org.avccdb.bench.measure.ResourceMeter;
import org.avccdb.bench.measure.ResourceUse;

/**
 * What a run of a workload gave.
 *
 * @param operations how many operations were done
 * @param records how many records they were about
 * @param startNanos when it began, as {@link System#nanoTime}
 * @param endNanos when the last operation was done
 * @param latencies times by kind of operation
 * @param series a line for each second
 * @param meter goes on measuring resources
 * @param resources what was used until the end
 * @param rateHeld whether operations were done at the rate asked for; true where none was
 * @param proofSizes the sizes of proofs that were made
 * @param complaint what was wrong with the answers, or null
 */
public record Measured(
        long operations,
        long records,
        long startNanos,
        long endNanos,
        List<KindLatency> latencies,
        List<Object> series,
        ResourceMeter meter,
        ResourceUse resources,
        boolean rateHeld,
        ProofSizes proofSizes,
        String complaint) {
    private static final double NANOS_A_SECOND = 1e9;

    Measured withAnswers(final ProofSizes sizes, final String text) {
        return new Measured(
                operations, records, startNanos, endNanos, latencies, series, meter, resources, rateHeld, sizes, text);
    }

    /** How long it took. */
    public double seconds() {
        return (endNanos - startNanos) / NANOS_A_SECOND;
    }
}
