package org.avccdb;

import java.util.Arrays;
import java.util.List;
import org.avccdb.proof.MasterRoot;

/**
 * Versions of a key with the proof that these are all. Compares by content. Nothing of the database is in it: it stays valid
 * when that is closed, and any number of threads may read it; its array is the caller's own.
 *
 * @param entries ascending by version
 * @param root what the proof holds against
 * @param proof for {@link org.avccdb.proof.ProofVerifier#verifyHistory}
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into it
public record ProvenHistory(List<VersionedValue> entries, MasterRoot root, byte[] proof) {
    /**
     * Copies the list.
     *
     * @param entries ascending by version
     * @param root what the proof holds against
     * @param proof of the entries
     */
    public ProvenHistory {
        entries = List.copyOf(entries);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ProvenHistory that
                && entries.equals(that.entries)
                && root.equals(that.root)
                && Arrays.equals(proof, that.proof);
    }

    @Override
    public int hashCode() {
        return entries.hashCode() * 31 + root.hashCode();
    }

    @Override
    public String toString() {
        return "ProvenHistory[entries=" + entries + ", root=" + root + ", proof of " + proof.length + " bytes]";
    }
}
