package org.avccdb.proof;

/**
 * What MASTER binds beside the runs. Immutable, if nobody changes the array, which is not copied.
 *
 * @param databaseId 16 bytes that no other database has
 * @param keyspace whose records these are; there is only 0 so far
 * @param versionOrder {@link HashRules#ARBITRARY_ORDER} or {@link HashRules#MONOTONE_ORDER}
 * @param lastSequence sequence number of the last record written before the root was made
 * @param runs how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // parts of a proof are not compared
public record MasterHeader(byte[] databaseId, int keyspace, int versionOrder, long lastSequence, int runs) {
    /** Bytes of a database's id. */
    public static final int DATABASE_ID_LENGTH = 16;
}
