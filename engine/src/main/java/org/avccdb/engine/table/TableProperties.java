package org.avccdb.engine.table;

import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.TableSummary;

/**
 * What a table's file says of its content ({@link PropertiesDescriptor}).
 *
 * @param table its number
 * @param blocks how many data blocks
 * @param records all records
 * @param keyDeletes how many of them are key-deletes
 * @param versionDeletes how many of them are version-deletes
 * @param minSequence lowest sequence number
 * @param maxSequence highest sequence number
 * @param maxPutVersion highest version of a put
 * @param userKeys how many different user keys
 * @param keyBytes length of the keys of all records together
 * @param valueBytes length of the values of all records together
 * @param dataBytes length of all blocks as they are stored
 * @param longestBlock most bytes of content that a block has
 * @param digestSum sum of the {@link RecordDigest}s of all records
 * @param firstKey user key of the first record
 * @param firstVersion its version
 * @param firstStamp its stamp
 * @param lastKey user key of the last record
 * @param lastVersion its version
 * @param lastStamp its stamp
 * @param origin where the table came from
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
record TableProperties(
        long table,
        int blocks,
        long records,
        long keyDeletes,
        long versionDeletes,
        long minSequence,
        long maxSequence,
        long maxPutVersion,
        long userKeys,
        long keyBytes,
        long valueBytes,
        long dataBytes,
        int longestBlock,
        long digestSum,
        byte[] firstKey,
        long firstVersion,
        long firstStamp,
        byte[] lastKey,
        long lastVersion,
        long lastStamp,
        TableOrigin origin) {
    TableMeta meta(final long fileBytes, final byte[] root) {
        return new TableMeta(
                table,
                fileBytes,
                firstKey,
                lastKey,
                records,
                keyDeletes,
                versionDeletes,
                minSequence,
                maxSequence,
                maxPutVersion,
                root,
                origin);
    }

    /** What the root of the table binds. */
    TableSummary summary(final int hashBlocks) {
        return new TableSummary(
                HashRules.TABLE_FORMAT,
                records,
                hashBlocks,
                firstKey,
                firstVersion,
                RecordDescriptor.sequence(firstStamp),
                lastKey,
                lastVersion,
                RecordDescriptor.sequence(lastStamp),
                minSequence,
                maxSequence,
                maxPutVersion,
                keyDeletes,
                versionDeletes);
    }

    /** Whether what {@link TableMeta} does not have is the same too. */
    boolean isSameContent(final TableProperties that) {
        return blocks == that.blocks
                && userKeys == that.userKeys
                && keyBytes == that.keyBytes
                && valueBytes == that.valueBytes
                && dataBytes == that.dataBytes
                && longestBlock == that.longestBlock
                && digestSum == that.digestSum
                && firstVersion == that.firstVersion
                && firstStamp == that.firstStamp
                && lastVersion == that.lastVersion
                && lastStamp == that.lastStamp;
    }
}
