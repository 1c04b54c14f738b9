package org.avccdb.bench.workloads;

/**
 * What the workloads are made of.
 *
 * @param records how many records there are; of versioned content, how many keys times versions
 * @param operations how many operations are measured where nothing is filled; 0 leaves it to the workload
 * @param keyBytes length of all keys
 * @param valueBytes length of all values
 * @param compressible which part of a value compresses to nothing
 * @param threads how many threads work at the same time
 * @param pipelined whether single puts are handed over without waiting for each
 * @param batchRecords records in a batch
 * @param syncRecords how many records are written where each is synced, at most
 * @param scanRecords records of a short scan
 * @param versions versions of each key, where there are versions
 * @param rootEvery puts from one root to the next
 * @param mix what mixed workloads are mixed of, or null
 */
public record Parameters(
        long records,
        long operations,
        int keyBytes,
        int valueBytes,
        double compressible,
        int threads,
        boolean pipelined,
        int batchRecords,
        long syncRecords,
        int scanRecords,
        int versions,
        int rootEvery,
        Mix mix) {
    /** A synced write takes as long as so many others, about. */
    private static final long SYNCED_PART = 100;

    /** How many keys versioned content has. */
    public long versionedKeys() {
        return Math.max(1, records / versions);
    }

    /** The operations asked for, or these. */
    long operationsOr(final long usual) {
        return operations > 0 ? operations : Math.max(1, usual);
    }

    /** The same with so many records, to warm up with. */
    public Parameters withRecords(final long count) {
        return with(count, operations, Math.min(syncRecords, Math.max(1, count / SYNCED_PART)));
    }

    /** The same with so many operations. */
    public Parameters withOperations(final long count) {
        return with(records, count, syncRecords);
    }

    private Parameters with(final long newRecords, final long newOperations, final long newSyncRecords) {
        return new Parameters(
                newRecords,
                newOperations,
                keyBytes,
                valueBytes,
                compressible,
                threads,
                pipelined,
                batchRecords,
                newSyncRecords,
                scanRecords,
                versions,
                rootEvery,
                mix);
    }
}
