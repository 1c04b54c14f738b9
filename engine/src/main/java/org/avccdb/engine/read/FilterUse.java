package org.avccdb.engine.read;

/**
 * Whether to ask the filters of the oldest run. Keys that are nowhere else are mostly there, and then a filter only costs one
 * more cache miss; where keys are looked for in vain, it saves several. So it depends on what the last lookups have found. One
 * thread uses it.
 */
final class FilterUse {
    private static final int ALL = 1 << 20;
    /** Of the share of keys that were found, each lookup decides one part of two to this. */
    private static final int WEIGHT = 9;
    /** Filters are asked unless all but one of sixteen were found: few blocks are read from a disk for nothing then. */
    private static final int NEARLY_ALL = ALL - ALL / 16;

    private int found;

    /** Whether the next key may well not be there. */
    boolean isWorthwhile() {
        return found < NEARLY_ALL;
    }

    /** What became of a lookup, with or without a filter. */
    void ended(final boolean isFound) {
        found += ((isFound ? ALL : 0) - found) >> WEIGHT;
    }
}
