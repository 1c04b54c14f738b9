package org.avccdb.cli.dump;

/** The operations of a write, as a journal holds them. */
final class Entries {
    private static final int POSITION = 16;

    private Entries() {}

    static String typeName(final int type) {
        return switch (type) {
            case 1 -> "put";
            case 2 -> "key-delete";
            case 3 -> "version-delete";
            case POSITION -> "position";
            default -> "unknown type " + type;
        };
    }

    /** Shows the entries of a group. */
    static void show(final HexListing listing, final Fields fields, final long count, final long firstSequence) {
        long sequence = firstSequence;
        for (long i = 0; i < count && fields.remaining() > 0; i++) {
            final long start = fields.place();
            final int type = fields.u8("entry " + (i + 1) + ", type");
            fields.u8(typeName(type) + ", keyspace");
            final int keyLength = fields.u16("key length");
            final long valueLength = fields.u32("value length");
            if (type == POSITION) {
                fields.u64("applied position");
            } else {
                fields.version("sequence " + sequence + ", version");
                sequence++;
            }
            fields.key(keyLength, "key");
            if (valueLength > 0) {
                fields.blob(valueLength, "value");
            }
            if (typeName(type).startsWith("unknown")) {
                listing.problem(start, typeName(type) + " of an entry");
                return;
            }
        }
        if (fields.remaining() > 0) {
            listing.problem(fields.place(), fields.remaining() + " bytes behind the last entry");
        }
    }
}
