package org.avccdb.bench.measure;

/**
 * What the process used while something ran; -1 where the system does not tell.
 *
 * @param cpuNanos processor time of all threads
 * @param allocatedBytes garbage of all Java threads that lived from beginning to end
 * @param allocatedByLoadBytes that of the threads which make load alone
 * @param collections garbage collections
 * @param collectionMillis how long they took altogether
 * @param writtenBytes bytes that were to go to the disk
 * @param writeCallBytes bytes handed to write calls
 * @param peakResidentBytes most memory that was resident
 * @param peakIsOfThisRun whether the peak was reset at the beginning; else it is that of the process so far
 */
public record ResourceUse(
        long cpuNanos,
        long allocatedBytes,
        long allocatedByLoadBytes,
        long collections,
        long collectionMillis,
        long writtenBytes,
        long writeCallBytes,
        long peakResidentBytes,
        boolean peakIsOfThisRun) {}
