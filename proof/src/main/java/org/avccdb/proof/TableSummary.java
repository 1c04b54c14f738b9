package org.avccdb.proof;

/**
 * What TABLE binds beside the blocks. Immutable, if nobody changes the arrays, which are not copied.
 *
 * @param format {@link HashRules#TABLE_FORMAT}
 * @param records how many there are, at least 1
 * @param blocks how many there are, at least 1
 * @param firstKey key of the first record
 * @param firstVersion version of the first record
 * @param firstSequence sequence number of the first record
 * @param lastKey key of the last record
 * @param lastVersion version of the last record
 * @param lastSequence sequence number of the last record
 * @param minSequence the lowest sequence number in the table
 * @param maxSequence the highest sequence number in the table
 * @param maxPutVersion the highest version of a put in the table, 0 if there is none
 * @param keyDeletes how many records are key-deletes
 * @param versionDeletes how many records are version-deletes
 */
@SuppressWarnings("ArrayRecordComponent") // parts of a proof are not compared
public record TableSummary(
        int format,
        long records,
        int blocks,
        byte[] firstKey,
        long firstVersion,
        long firstSequence,
        byte[] lastKey,
        long lastVersion,
        long lastSequence,
        long minSequence,
        long maxSequence,
        long maxPutVersion,
        long keyDeletes,
        long versionDeletes) {}
