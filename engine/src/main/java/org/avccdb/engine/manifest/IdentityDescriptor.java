package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.VersionOrder;

/**
 * Layout of an {@link Identity} within other layouts; little-endian. Its beginning, up to the features, stays the same in
 * all formats, so that a program can say why it refuses a database that is newer than it.
 *
 * <pre>
 *  0          4            5      6               7                8            16             24
 *  +----------+------------+------+---------------+----------------+------------+--------------+-------------+
 *  | format   | comparator | hash | version order | authentication | compatible | incompatible | database id |
 *  | u32      | u8, 1      | u8, 1| u8            | u8             | u64        | u64          | 16 bytes    |
 *  +----------+------------+------+---------------+----------------+------------+--------------+-------------+
 *
 *  version order   0 arbitrary, 1 monotone
 *  authentication  0 none, 1 Merkle trees
 * </pre>
 */
public final class IdentityDescriptor {
    /** Bytes of an identity. */
    public static final int LENGTH = 40;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int FORMAT_OFFSET = 0;
    private static final int COMPARATOR_OFFSET = 4;
    private static final int HASH_OFFSET = 5;
    private static final int VERSION_ORDER_OFFSET = 6;
    private static final int AUTHENTICATION_OFFSET = 7;
    private static final int COMPATIBLE_OFFSET = 8;
    private static final int INCOMPATIBLE_OFFSET = 16;
    private static final int DATABASE_ID_OFFSET = 24;

    private IdentityDescriptor() {}

    public static void put(final MutableDirectBuffer buffer, final int offset, final Identity identity) {
        buffer.putInt(offset + FORMAT_OFFSET, identity.format(), ORDER);
        buffer.putByte(offset + COMPARATOR_OFFSET, (byte) identity.comparator());
        buffer.putByte(offset + HASH_OFFSET, (byte) identity.hash());
        buffer.putByte(
                offset + VERSION_ORDER_OFFSET, (byte) (identity.versionOrder() == VersionOrder.MONOTONE ? 1 : 0));
        buffer.putByte(offset + AUTHENTICATION_OFFSET, (byte) (identity.authenticated() ? 1 : 0));
        buffer.putLong(offset + COMPATIBLE_OFFSET, identity.compatibleFeatures(), ORDER);
        buffer.putLong(offset + INCOMPATIBLE_OFFSET, identity.incompatibleFeatures(), ORDER);
        buffer.putBytes(offset + DATABASE_ID_OFFSET, identity.databaseId());
    }

    /** What keeps this program from using the database, or null; to be asked before {@link #get}. */
    public static String problem(final DirectBuffer buffer, final int offset) {
        final int format = buffer.getInt(offset + FORMAT_OFFSET, ORDER);
        if (format != Identity.FORMAT) {
            return "format " + Integer.toUnsignedString(format) + "; this program reads format " + Identity.FORMAT
                    + ", so it takes another release of it to open the database";
        }
        final long unknown =
                buffer.getLong(offset + INCOMPATIBLE_OFFSET, ORDER) & ~Identity.KNOWN_INCOMPATIBLE_FEATURES;
        if (unknown != 0) {
            return "the database uses features that this program does not know (incompatible feature bits 0x"
                    + Long.toHexString(unknown) + "), so it takes a newer release of it to open the database";
        }
        return comparatorOrHashProblem(buffer, offset);
    }

    private static String comparatorOrHashProblem(final DirectBuffer buffer, final int offset) {
        final int comparator = buffer.getByte(offset + COMPARATOR_OFFSET) & 0xFF;
        if (comparator != Identity.BYTE_ORDER) {
            return "unknown comparator " + comparator;
        }
        final int hash = buffer.getByte(offset + HASH_OFFSET) & 0xFF;
        if (hash != Identity.SHA_256) {
            return "unknown hash " + hash;
        }
        final int versionOrder = buffer.getByte(offset + VERSION_ORDER_OFFSET) & 0xFF;
        if (versionOrder > 1) {
            return "unknown version order " + versionOrder;
        }
        final int authentication = buffer.getByte(offset + AUTHENTICATION_OFFSET) & 0xFF;
        return authentication > 1 ? "unknown authentication " + authentication : null;
    }

    /** Reads an identity that has no {@link #problem}. */
    public static Identity get(final DirectBuffer buffer, final int offset) {
        final byte[] databaseId = new byte[Identity.ID_LENGTH];
        buffer.getBytes(offset + DATABASE_ID_OFFSET, databaseId);
        return new Identity(
                databaseId,
                buffer.getByte(offset + VERSION_ORDER_OFFSET) == 1 ? VersionOrder.MONOTONE : VersionOrder.ARBITRARY,
                buffer.getByte(offset + AUTHENTICATION_OFFSET) == 1,
                buffer.getByte(offset + COMPARATOR_OFFSET) & 0xFF,
                buffer.getByte(offset + HASH_OFFSET) & 0xFF,
                buffer.getInt(offset + FORMAT_OFFSET, ORDER),
                buffer.getLong(offset + COMPATIBLE_OFFSET, ORDER),
                buffer.getLong(offset + INCOMPATIBLE_OFFSET, ORDER));
    }
}
