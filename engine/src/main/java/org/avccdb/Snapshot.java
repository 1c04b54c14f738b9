package org.avccdb;

import java.util.Objects;
import org.avccdb.engine.read.Reads;
import org.avccdb.engine.read.SnapshotPin;
import org.avccdb.engine.roots.StateProver;
import org.avccdb.proof.MasterRoot;

/**
 * The database as it was at one moment, whatever is written, flushed or compacted since. It keeps memory and files that are
 * no longer needed otherwise, so close it when it is not needed any more.
 *
 * <p>Any number of threads may use it at once. A cursor that comes from it may outlive it.
 */
public final class Snapshot extends DelegatingReader implements AutoCloseable {
    private final SnapshotPin pin;
    private final Reads reads;
    /** Null without authentication. */
    private final StateProver prover;

    Snapshot(final SnapshotPin pin, final Reads reads, final StateProver prover) {
        this.pin = pin;
        this.reads = reads;
        this.prover = prover;
    }

    @Override
    Reads reads() {
        return reads;
    }

    /**
     * Which moment it shows.
     *
     * @return the sequence number of the last record that was visible
     */
    public long sequence() {
        return pin.sequence();
    }

    /**
     * The root over all that the snapshot shows. It stays the same as long as the snapshot is open, and proofs hold against
     * it.
     *
     * @return the root
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public MasterRoot masterRoot() {
        return prover().root();
    }

    /**
     * Proves the latest value of a key, or that it has none.
     *
     * @param key whose
     * @return the proof, for {@link org.avccdb.proof.ProofVerifier#verifyLatest}
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public byte[] proveLatest(final byte[] key) {
        Arguments.checkKey(key);
        return prover().latest(key);
    }

    /**
     * Proves the value of exactly one version, or that there is none.
     *
     * @param key whose
     * @param version which one; 0 for the latest
     * @return the proof, for {@link org.avccdb.proof.ProofVerifier#verifyVersion}
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public byte[] proveVersion(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("version", version);
        return prover().version(key, version);
    }

    /**
     * Proves the value with the highest version up to one, or that there is none.
     *
     * @param key whose
     * @param version the highest one; 0 for the plain slot
     * @return the proof, for {@link org.avccdb.proof.ProofVerifier#verifyAsOf}
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public byte[] proveAsOf(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("version", version);
        return prover().asOf(key, version);
    }

    /**
     * Proves which versions of a key there are in an interval, and that these are all.
     *
     * @param key whose
     * @param minVersion the lowest version
     * @param maxVersion the highest version; 0 for no bound
     * @return the proof, for {@link org.avccdb.proof.ProofVerifier#verifyHistory}
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public byte[] proveHistory(final byte[] key, final long minVersion, final long maxVersion) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("minVersion", minVersion);
        Arguments.checkReadVersion("maxVersion", maxVersion);
        return prover().history(key, minVersion, maxVersion);
    }

    /**
     * Proves the latest values of the first live keys of a range, and that there are no others before the last of them.
     *
     * @param range which keys
     * @param limit how many of them at most, 1 or more
     * @return the proof, for {@link org.avccdb.proof.ProofVerifier#verifyRange}
     * @throws IllegalArgumentException if the proof would be too large: ask for fewer
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public byte[] proveRange(final KeyRange range, final int limit) {
        Objects.requireNonNull(range, "range");
        if (limit < 1) {
            throw new IllegalArgumentException("limit is 1 or more, not " + limit);
        }
        return prover().range(range, limit);
    }

    @Override
    ProvenValue proven(final byte[] key, final long version) {
        final byte[] proof = prover().version(key, version);
        final VersionedValue found = version == 0
                ? reads.getAsOf(key, Long.MAX_VALUE)
                : reads.getVersionHistory(key, version, version).stream()
                        .findFirst()
                        .orElse(null);
        return new ProvenValue(
                found == null ? null : found.value(), found == null ? version : found.version(), masterRoot(), proof);
    }

    @Override
    ProvenHistory provenHistory(final byte[] key, final long minVersion, final long maxVersion) {
        final byte[] proof = prover().history(key, minVersion, maxVersion);
        return new ProvenHistory(reads.getVersionHistory(key, minVersion, maxVersion), masterRoot(), proof);
    }

    private StateProver prover() {
        if (prover == null) {
            pin.sequence();
            throw new UnsupportedOperationException(
                    "the database was opened with authentication NONE: there are no roots and"
                            + " no proofs; open it with authentication MERKLE");
        }
        return prover;
    }

    /** Lets go of what it keeps. A second call does nothing. */
    @Override
    public void close() {
        pin.close();
    }
}
