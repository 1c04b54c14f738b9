package org.avccdb;

/**
 * How far {@link AvccDb#verifyWithProgress} is. Immutable. What there is to read is counted at the beginning.
 *
 * @param filesRead how many files have been read
 * @param files how many there are
 * @param bytesRead how many bytes these files have
 * @param bytes how many all of them have
 * @param problems how many problems were found so far
 */
public record VerifyProgress(int filesRead, int files, long bytesRead, long bytes, int problems) {}
