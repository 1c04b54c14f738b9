package org.avccdb.engine.manifest;

import java.util.Arrays;
import java.util.HexFormat;
import org.avccdb.VersionOrder;
import org.avccdb.VersionOrderException;

/**
 * What never changes in a database once it is created.
 *
 * @param databaseId 16 bytes, different in every database; a checkpoint keeps them
 * @param versionOrder in which order versions may be written
 * @param authenticated whether everything is hashed
 * @param comparator how keys are ordered; {@link #BYTE_ORDER} is the only one
 * @param hash of the roots; {@link #SHA_256} is the only one
 * @param format of the files
 * @param compatibleFeatures what a program need not know to use the database; unknown ones are kept
 * @param incompatibleFeatures what a program must know to use the database; one with unknown ones is refused
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record Identity(
        byte[] databaseId,
        VersionOrder versionOrder,
        boolean authenticated,
        int comparator,
        int hash,
        int format,
        long compatibleFeatures,
        long incompatibleFeatures) {
    /** Length of a database id. */
    public static final int ID_LENGTH = 16;
    /** The format that this program writes, and the newest that it reads. */
    public static final int FORMAT = 1;
    /** Keys order as unsigned bytes. */
    public static final int BYTE_ORDER = 1;
    /** Roots are made with SHA-256. */
    public static final int SHA_256 = 1;
    /** The incompatible features that this program knows: none so far. */
    public static final long KNOWN_INCOMPATIBLE_FEATURES = 0;

    public Identity {
        if (databaseId.length != ID_LENGTH) {
            throw new IllegalArgumentException("a database id of " + databaseId.length + " bytes, not " + ID_LENGTH);
        }
    }

    /** Of a new database. */
    public static Identity of(final byte[] databaseId, final VersionOrder versionOrder, final boolean authenticated) {
        return new Identity(databaseId, versionOrder, authenticated, BYTE_ORDER, SHA_256, FORMAT, 0, 0);
    }

    /** Refuses options with another order than the database was created with. */
    public void requireOrder(final VersionOrder asked, final String location) {
        if (asked != versionOrder) {
            throw new VersionOrderException("the database in " + location + " was created with versionOrder "
                    + versionOrder + ", which cannot be changed, and is opened with " + asked);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Identity that
                && Arrays.equals(databaseId, that.databaseId)
                && versionOrder == that.versionOrder
                && authenticated == that.authenticated
                && comparator == that.comparator
                && hash == that.hash
                && format == that.format
                && compatibleFeatures == that.compatibleFeatures
                && incompatibleFeatures == that.incompatibleFeatures;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(databaseId);
    }

    @Override
    public String toString() {
        return "database " + HexFormat.of().formatHex(databaseId) + ", version order " + versionOrder
                + (authenticated ? ", authenticated" : ", not authenticated") + ", format " + format;
    }
}
