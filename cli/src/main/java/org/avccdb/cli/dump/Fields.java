package org.avccdb.cli.dump;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.avccdb.cli.io.ByteFormat;

/** Goes through bytes field by field, shows each and returns what it says. Little-endian. */
final class Fields {
    private final HexListing listing;
    private final ByteBuffer bytes;
    private final long place;

    /**
     * Begins with the first of these bytes.
     *
     * @param place of the first byte, for people
     */
    Fields(final HexListing listing, final byte[] bytes, final long place) {
        this.listing = listing;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.place = place;
    }

    int position() {
        return bytes.position();
    }

    int remaining() {
        return bytes.remaining();
    }

    /** The place of the next byte. */
    long place() {
        return place + bytes.position();
    }

    int u8(final String name) {
        need(Byte.BYTES, name);
        final int value = bytes.get() & 0xFF;
        show(Byte.BYTES, name + " = " + value);
        return value;
    }

    int u16(final String name) {
        need(Short.BYTES, name);
        final int value = bytes.getShort() & 0xFFFF;
        show(Short.BYTES, name + " = " + value);
        return value;
    }

    long u32(final String name) {
        need(Integer.BYTES, name);
        final long value = Integer.toUnsignedLong(bytes.getInt());
        show(Integer.BYTES, name + " = " + value);
        return value;
    }

    long u64(final String name) {
        need(Long.BYTES, name);
        final long value = bytes.getLong();
        show(Long.BYTES, name + " = " + value);
        return value;
    }

    /** Sequence number and type of a record in one. */
    void stamp(final String name) {
        need(Long.BYTES, name);
        final long value = bytes.getLong();
        show(Long.BYTES, name + " sequence " + (value >>> 8) + ", " + Entries.typeName((int) value & 0xFF));
    }

    /** A version, of which the highest number stands for a delete of the key. */
    void version(final String name) {
        need(Long.BYTES, name);
        final long value = bytes.getLong();
        show(Long.BYTES, name + (value == Long.MAX_VALUE ? " of a key-delete" : " = " + value));
    }

    /** A number of seven bits a byte. */
    long varint(final String name) {
        final int start = bytes.position();
        long value = 0;
        int shift = 0;
        byte octet;
        do {
            need(Byte.BYTES, name);
            octet = bytes.get();
            value |= (octet & 0x7FL) << shift;
            shift += 7;
        } while (octet < 0 && shift < Long.SIZE);
        show(bytes.position() - start, name + " = " + value);
        return value;
    }

    /** A number without its leading zero bytes. */
    long shortened(final int length, final String name) {
        need(length, name);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes.get() & 0xFFL) << (i * Byte.SIZE);
        }
        show(length, name + " = " + value);
        return value;
    }

    /** A checksum, and what it should be. */
    boolean check(final String name, final int expected) {
        need(Integer.BYTES, name);
        final int value = bytes.getInt();
        final boolean fits = value == expected;
        show(Integer.BYTES, name + (fits ? " fits" : " DOES NOT FIT"));
        if (!fits) {
            listing.problem(
                    place() - Integer.BYTES,
                    name + " is " + HexFormat.of().toHexDigits(value) + ", for these bytes it is "
                            + HexFormat.of().toHexDigits(expected));
        }
        return fits;
    }

    byte[] key(final long length, final String name) {
        final byte[] key = take(length, name);
        show(key.length, name + " '" + shortText(key) + "'");
        return key;
    }

    byte[] blob(final long length, final String name) {
        final byte[] blob = take(length, name);
        show(blob.length, name);
        return blob;
    }

    private byte[] take(final long length, final String name) {
        need(length, name);
        final byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private void need(final long length, final String name) {
        if (length < 0 || length > bytes.remaining()) {
            final int left = bytes.remaining();
            bytes.position(bytes.limit());
            show(left, "what is left");
            throw new CutOffException(place() - left, name + " takes " + length + " bytes, but there are " + left);
        }
    }

    private void show(final int length, final String note) {
        final int end = bytes.position();
        listing.piece(place + end - length, Arrays.copyOfRange(bytes.array(), end - length, end), note);
    }

    private static String shortText(final byte[] bytes) {
        final int longest = 40;
        return bytes.length <= longest
                ? ByteFormat.TEXT.print(bytes)
                : ByteFormat.TEXT.print(Arrays.copyOf(bytes, longest)) + "'...'";
    }
}
