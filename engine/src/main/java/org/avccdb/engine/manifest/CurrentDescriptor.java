package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;

/**
 * Layout of CURRENT, which names the present manifest; little-endian.
 *
 * <pre>
 *  0           8                           48                56      60        64
 *  +-----------+---------------------------+-----------------+-------+---------+
 *  | magic     | identity                  | manifest number | zero  | crc     |
 *  | u64       | {@link IdentityDescriptor}        | u64             | u32   | u32     |
 *  +-----------+---------------------------+-----------------+-------+---------+
 *
 *  crc   CRC32C of the bytes before it
 * </pre>
 */
public final class CurrentDescriptor {
    /** Length of the file. */
    public static final int LENGTH = 64;
    /** "avccCURR" read as bytes. */
    public static final long MAGIC = 0x5252_5543_6363_7661L;

    static final int MAGIC_OFFSET = 0;
    static final int IDENTITY_OFFSET = 8;
    static final int NUMBER_OFFSET = IDENTITY_OFFSET + IdentityDescriptor.LENGTH;
    static final int ZERO_OFFSET = NUMBER_OFFSET + Long.BYTES;
    static final int CRC_OFFSET = ZERO_OFFSET + Integer.BYTES;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private CurrentDescriptor() {}

    /** What CURRENT says. */
    record Current(Identity identity, long manifest) {}

    static byte[] encode(final Identity identity, final long manifest) {
        return encode(MAGIC, identity, manifest);
    }

    static Current decode(final byte[] bytes) {
        return decode(bytes, MAGIC, FileNames.CURRENT);
    }

    /** The header of a manifest differs in its magic alone. */
    static byte[] encode(final long magic, final Identity identity, final long manifest) {
        final byte[] bytes = new byte[LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putLong(MAGIC_OFFSET, magic, ORDER);
        IdentityDescriptor.put(buffer, IDENTITY_OFFSET, identity);
        buffer.putLong(NUMBER_OFFSET, manifest, ORDER);
        buffer.putInt(CRC_OFFSET, crc(bytes), ORDER);
        return bytes;
    }

    static Current decode(final byte[] bytes, final long magic, final String file) {
        if (bytes.length != LENGTH) {
            throw new CorruptionException(file, 0, bytes.length + " bytes where there must be " + LENGTH);
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (buffer.getLong(MAGIC_OFFSET, ORDER) != magic) {
            throw new CorruptionException(file, MAGIC_OFFSET, "it does not begin as such a file does");
        }
        if (buffer.getInt(CRC_OFFSET, ORDER) != crc(bytes)) {
            throw new CorruptionException(file, CRC_OFFSET, "the checksum does not fit");
        }
        final String problem = IdentityDescriptor.problem(buffer, IDENTITY_OFFSET);
        if (problem != null) {
            throw new CorruptionException(file, IDENTITY_OFFSET, problem);
        }
        final long manifest = buffer.getLong(NUMBER_OFFSET, ORDER);
        if (manifest <= 0) {
            throw new CorruptionException(file, NUMBER_OFFSET, "there is no manifest " + manifest);
        }
        if (buffer.getInt(ZERO_OFFSET, ORDER) != 0) {
            throw new CorruptionException(file, ZERO_OFFSET, "not zero where it must be");
        }
        return new Current(IdentityDescriptor.get(buffer, IDENTITY_OFFSET), manifest);
    }

    private static int crc(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
