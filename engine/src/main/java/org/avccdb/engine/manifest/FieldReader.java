package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;

/** Reads numbers and byte strings from a part of an array; whatever does not fit is a {@link CorruptionException}. */
final class FieldReader {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final byte[] array;
    private final UnsafeBuffer buffer;
    private final int limit;
    private final String file;
    private final long base;
    private int offset;

    /**
     * Reads from an offset to a limit.
     *
     * @param base position in the file of the array's beginning, for messages
     */
    FieldReader(final byte[] array, final int offset, final int limit, final String file, final long base) {
        this.array = array;
        this.buffer = new UnsafeBuffer(array);
        this.offset = offset;
        this.limit = limit;
        this.file = file;
        this.base = base;
    }

    int remaining() {
        return limit - offset;
    }

    /** What comes next, to be read for itself. */
    FieldReader part(final int length) {
        need(length);
        offset += length;
        return new FieldReader(array, offset - length, offset, file, base);
    }

    /** For a reason that is there already; one that has to be put together costs more than all else. */
    void check(final boolean sound, final String otherwise) {
        if (!sound) {
            throw corrupt(otherwise);
        }
    }

    CorruptionException corrupt(final String what) {
        return new CorruptionException(file, base + offset, what);
    }

    long anyNumber() {
        need(Long.BYTES);
        offset += Long.BYTES;
        return buffer.getLong(offset - Long.BYTES, ORDER);
    }

    /** A number within bounds, both included. */
    long longNumber(final String what, final long min, final long max) {
        final long number = anyNumber();
        if (number < min || number > max) {
            throw corrupt(what + ": " + number + " is not in " + min + ".." + max);
        }
        return number;
    }

    int number(final String what, final int max) {
        return (int) longNumber(what, 0, max);
    }

    /** A number of 32 bits. */
    int half(final String what, final int max) {
        need(Integer.BYTES);
        final int number = buffer.getInt(offset, ORDER);
        if (number < 0 || number > max) {
            throw corrupt(what + ": " + Integer.toUnsignedString(number) + " is not in 0.." + max);
        }
        offset += Integer.BYTES;
        return number;
    }

    int tag() {
        need(Integer.BYTES);
        final int tag = buffer.getShort(offset, ORDER) & 0xFFFF;
        check(buffer.getShort(offset + Short.BYTES, ORDER) == 0, "not zero where it must be");
        offset += Integer.BYTES;
        return tag;
    }

    byte[] bytes(final int length) {
        need(length);
        offset += length;
        return Arrays.copyOfRange(array, offset - length, offset);
    }

    private void need(final int length) {
        check(length <= remaining(), "it ends too early");
    }
}
