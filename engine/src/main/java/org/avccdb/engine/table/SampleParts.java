package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where to search the samples of an index for a digest: what their digests range over is cut into equal parts, about as many
 * as there are samples, and each part knows its first sample. Keys that are evenly spread leave one or two samples to look at,
 * others more, all of them at most. Immutable.
 *
 * <p>The first sample stands for the beginning of everything, has no digest, and is never searched.
 *
 * <pre>
 * begin u32 for each part, and at the end for where the samples end
 * </pre>
 */
final class SampleParts {
    private final long lowest;
    private final int shift;
    private final int last;
    private final UnsafeBuffer memory;
    private final int begins;

    /**
     * For samples in order; of others everything is told, but nothing outside of them.
     *
     * @param memory begins with the digests of the samples, 8 bytes each
     * @param begins where in it {@link #maxLength} bytes are for the parts
     */
    SampleParts(final UnsafeBuffer memory, final int samples, final int begins) {
        this.memory = memory;
        this.begins = begins;
        this.lowest = samples == 1 ? 0 : memory.getLong(Long.BYTES);
        final long highest = samples == 1 ? 0 : memory.getLong((samples - 1) * Long.BYTES);
        final long range = highest - lowest;
        final int partBits = Integer.SIZE - Integer.numberOfLeadingZeros(samples);
        // At least 1, so that the number of a part is never negative.
        this.shift = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(range) - partBits);
        this.last = (int) (range >>> shift);
        int next = 0;
        for (int sample = 1; sample < samples; sample++) {
            for (final int part = of(memory.getLong(sample * Long.BYTES)); next <= part; next++) {
                memory.putInt(at(next), sample);
            }
        }
        for (; next <= last + 1; next++) {
            memory.putInt(at(next), samples);
        }
    }

    static int maxLength(final int samples) {
        return (2 * samples + 1) * Integer.BYTES;
    }

    /** The part that a digest is in, or the nearest one. */
    int of(final long digest) {
        return Long.compareUnsigned(digest, lowest) < 0 ? 0 : (int) Math.min(last, (digest - lowest) >>> shift);
    }

    /** The first sample whose digest is in this part or behind it: no sample before it is behind the digests of the part. */
    int begin(final int part) {
        return memory.getInt(at(part));
    }

    /** The first sample behind this part: it and all that follow are behind the digests of the part. */
    int end(final int part) {
        return begin(part + 1);
    }

    private int at(final int part) {
        return begins + part * Integer.BYTES;
    }
}
