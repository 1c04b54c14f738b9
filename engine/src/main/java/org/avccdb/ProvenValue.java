package org.avccdb;

import java.util.Arrays;
import org.avccdb.proof.MasterRoot;

/**
 * An answer with its proof. Compares by content. Nothing of the database is in it: it stays valid when that is closed, and any
 * number of threads may read it; its arrays are the caller's own.
 *
 * @param value the value; null where it is proven that there is none
 * @param version its version; where there is none the one that was asked for
 * @param root what the proof holds against
 * @param proof for {@link org.avccdb.proof.ProofVerifier#verifyLatest} where the latest was asked for, else for
 *     {@link org.avccdb.proof.ProofVerifier#verifyVersion}
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into it
public record ProvenValue(byte[] value, long version, MasterRoot root, byte[] proof) {
    private static final int SHOWN_BYTES = 32;

    @Override
    public boolean equals(final Object other) {
        return other instanceof ProvenValue that
                && version == that.version
                && root.equals(that.root)
                && Arrays.equals(value, that.value)
                && Arrays.equals(proof, that.proof);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(value) * 31 + Long.hashCode(version)) * 31 + root.hashCode();
    }

    @Override
    public String toString() {
        return "ProvenValue[value=" + (value == null ? "absent" : HexText.of(value, SHOWN_BYTES)) + ", version="
                + version + ", root=" + root + ", proof of " + proof.length + " bytes]";
    }
}
