package org.avccdb.cli.dump;

import java.util.Arrays;
import org.avccdb.cli.io.ByteFormat;

/** The content of a data block: restarts, and records whose keys leave out what they share with the one before. */
final class BlockDump {
    private static final int TYPE_MASK = 3;
    private static final int CODE_MASK = 7;
    private static final int VERSION_SHIFT = 2;
    private static final int SEQUENCE_SHIFT = 5;

    private BlockDump() {}

    static void show(final HexListing listing, final Fields fields) {
        final long base = fields.u64("base of the sequence numbers");
        final long records = fields.u32("records");
        final long restarts = fields.u32("restarts");
        fields.u16("bytes that all keys begin with");
        fields.u16("spare");
        for (long i = 0; i < restarts; i++) {
            fields.u32("offset of restart " + i);
        }
        for (long i = 0; i < restarts; i++) {
            fields.u32("digest of restart " + i);
        }
        byte[] key = new byte[0];
        for (long i = 0; i < records; i++) {
            key = showRecord(fields, i, base, key);
        }
        if (fields.remaining() > 0) {
            listing.problem(fields.place(), fields.remaining() + " bytes behind the last record");
        }
    }

    private static byte[] showRecord(final Fields fields, final long which, final long base, final byte[] before) {
        final int flags = fields.u8("record " + which + ", type and lengths");
        final int type = flags & TYPE_MASK;
        final long shared = fields.varint(Entries.typeName(type) + ", shared");
        final long unshared = fields.varint("unshared");
        final long valueLength = fields.varint("value length");
        fields.shortened(lengthOf(flags >>> VERSION_SHIFT & CODE_MASK), "version");
        final long sequence = fields.shortened(lengthOf(flags >>> SEQUENCE_SHIFT & CODE_MASK), "zigzag");
        if (shared > before.length) {
            throw new CutOffException(fields.place(), "a key that shares more than the one before has");
        }
        final byte[] rest = fields.blob(unshared, "rest of the key");
        final byte[] key = Arrays.copyOf(before, (int) shared + rest.length);
        System.arraycopy(rest, 0, key, (int) shared, rest.length);
        fields.blob(
                valueLength, "value of '" + ByteFormat.TEXT.print(key) + "', sequence " + (base + unzigzag(sequence)));
        return key;
    }

    private static int lengthOf(final int code) {
        return code == CODE_MASK ? Long.BYTES : code;
    }

    private static long unzigzag(final long number) {
        return number >>> 1 ^ -(number & 1);
    }
}
