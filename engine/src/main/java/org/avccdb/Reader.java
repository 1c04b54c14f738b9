package org.avccdb;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What can be asked of a database, of a snapshot and of a transaction.
 *
 * <p>Keys order as unsigned bytes and have 0 to 65,535 of them. The latest value of a key is its live record with the highest
 * version; a plain put has version 0. Arguments are never kept and never changed, and may be reused when a call returns.
 * Arrays that are returned are the caller's own. A null argument is a {@link NullPointerException}, any other bad one an
 * {@link IllegalArgumentException}.
 *
 * <p>Any number of threads may ask at once; none waits for another, or for a writer. (A transaction serves one thread at a
 * time.) Whoever is asked after it was closed throws: {@link ClosedException}, {@link SnapshotReleasedException} or
 * {@link TransactionClosedException}. Damage found on the way is a {@link CorruptionException}.
 */
public interface Reader {
    /** Answer of the methods that return a length, where there is no value. */
    int NOT_FOUND = -1;

    /**
     * The latest value of a key.
     *
     * @param key whose
     * @return the value, or null if there is none
     */
    byte[] get(byte[] key);

    /**
     * The value of exactly one version.
     *
     * @param key whose
     * @param version which; 0 for the latest
     * @return the value, or null if there is none
     */
    byte[] getWithVersion(byte[] key, long version);

    /**
     * The value that was the latest as of a version.
     *
     * @param key whose
     * @param version the highest version that counts; 0 for that of a plain put alone
     * @return the value with the highest version that is not above, or null if there is none
     */
    VersionedValue getAsOf(byte[] key, long version);

    /**
     * Whether a key has a value.
     *
     * @param key which
     * @return true if {@link #get(byte[])} would return one
     */
    boolean contains(byte[] key);

    /**
     * Copies the latest value of a key, without garbage. A value that does not fit behind {@code dstOffset} is not copied, not
     * even in part: the caller sees its length and tries again with more room.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param dst takes the value
     * @param dstOffset where it shall begin
     * @return the value's length, or {@link #NOT_FOUND}
     */
    int get(DirectBuffer key, int keyOffset, int keyLength, MutableDirectBuffer dst, int dstOffset);

    /**
     * Copies the value that was the latest as of a version, as {@link #get(DirectBuffer, int, int, MutableDirectBuffer, int)}
     * does.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version the highest version that counts; 0 for that of a plain put alone
     * @param dst takes the value
     * @param dstOffset where it shall begin
     * @return the value's length, or {@link #NOT_FOUND}
     */
    int getAsOf(DirectBuffer key, int keyOffset, int keyLength, long version, MutableDirectBuffer dst, int dstOffset);

    /**
     * Shows the latest value of a key in place, without a copy.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param consumer sees the value, for the length of the call
     * @return false if there is none; the consumer is not called then
     */
    boolean read(DirectBuffer key, int keyOffset, int keyLength, ValueConsumer consumer);

    /**
     * The latest values of several keys, all as of one moment.
     *
     * @param keys whose, in any order
     * @return the values in the order of the keys, with null for each that has none
     */
    List<byte[]> multiGet(List<byte[]> keys);

    /**
     * The live versions of a key in an interval, ascending by version. A plain value is an entry with version 0.
     *
     * @param key whose
     * @param minVersion the lowest version
     * @param maxVersion the highest version; 0 for no bound
     * @return the entries; none where the bounds are the wrong way round
     */
    List<VersionedValue> getVersionHistory(byte[] key, long minVersion, long maxVersion);

    /**
     * Walks over the latest value of every live key.
     *
     * @param range of which keys
     * @return a cursor before the first one, to be closed by the caller
     */
    Cursor cursor(KeyRange range);

    /**
     * Walks over every live version of every key: keys ascending, versions of a key descending.
     *
     * @param range of which keys
     * @return a cursor before the first one, to be closed by the caller
     */
    Cursor versionCursor(KeyRange range);

    /**
     * A value, or that there is none, with a proof.
     *
     * @param key whose
     * @param version exactly that one; 0 for the latest
     * @return the answer with a proof for {@link org.avccdb.proof.ProofVerifier#verifyVersion}
     * @throws UnsupportedOperationException in a transaction, and where the database has no authentication
     */
    ProvenValue getWithProof(byte[] key, long version);

    /**
     * The live versions of a key in an interval, with one proof that these are all.
     *
     * @param key whose
     * @param minVersion the lowest version
     * @param maxVersion the highest version; 0 for no bound
     * @return the entries with a proof for {@link org.avccdb.proof.ProofVerifier#verifyHistory}
     * @throws UnsupportedOperationException in a transaction, and where the database has no authentication
     */
    ProvenHistory getVersionHistoryWithProof(byte[] key, long minVersion, long maxVersion);
}
