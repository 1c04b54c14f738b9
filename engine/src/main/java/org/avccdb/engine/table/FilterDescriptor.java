package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a filter: a Bloom filter over the hashes of the user keys ({@link org.avccdb.engine.keys.KeyHash}), all of whose
 * bits for one key are in one line of 64 bytes. Little-endian.
 *
 * <pre>
 *  0          64 * lines    + 4
 *  +-------+  +---------+---------+
 *  | line  |..| lines   | probes  |   then codec and check ({@link BlockDescriptor})
 *  | 64 B  |  | u32     | u32     |
 *  +-------+  +---------+---------+
 *
 *  line of a key     upper half of its hash * lines / 2^32
 *  bits of a key     h = lower half of its hash | 1; for each probe: bit h / 2^23 of the line, then h = h * 0x9E3779B9 mod 2^32
 * </pre>
 */
final class FilterDescriptor {
    static final int LINE_LENGTH = 64;
    static final int TAIL_LENGTH = 8;
    static final int MAX_PROBES = 24;
    /** So that the section is far from what an int can count. */
    static final int MAX_LINES = 1 << 23;

    private static final int STEP = 0x9E3779B9;

    private FilterDescriptor() {}

    /** How many lines so many keys need. */
    static int lines(final long keys, final int bitsPerKey) {
        return (int) Math.max(1, Math.min(MAX_LINES, (keys * bitsPerKey + 511) / 512));
    }

    /** How many bits to set for a key. */
    static int probes(final int bitsPerKey) {
        // 0.69 bits per key would be best were the bits spread over the whole filter; in a line fewer are better.
        return Math.max(1, Math.min(MAX_PROBES, Math.round(bitsPerKey * 0.6f)));
    }

    static int sectionLength(final int lines) {
        return lines * LINE_LENGTH + TAIL_LENGTH;
    }

    static void putTail(final MutableDirectBuffer section, final int lines, final int probes) {
        section.putInt(lines * LINE_LENGTH, lines, LITTLE_ENDIAN);
        section.putInt(lines * LINE_LENGTH + Integer.BYTES, probes, LITTLE_ENDIAN);
    }

    static int lines(final DirectBuffer section, final int length) {
        return section.getInt(length - TAIL_LENGTH, LITTLE_ENDIAN);
    }

    static int probes(final DirectBuffer section, final int length) {
        return section.getInt(length - TAIL_LENGTH + Integer.BYTES, LITTLE_ENDIAN);
    }

    /** Null if a section of this length is a filter; else what is wrong with it. */
    static String problem(final DirectBuffer section, final int length) {
        if (length < LINE_LENGTH + TAIL_LENGTH) {
            return "a filter of " + length + " bytes";
        }
        final int lines = lines(section, length);
        final int probes = probes(section, length);
        if (lines < 1 || lines > MAX_LINES || sectionLength(lines) != length || probes < 1 || probes > MAX_PROBES) {
            return "a filter of " + length + " bytes with " + lines + " lines and " + probes + " probes";
        }
        return null;
    }

    static void add(final MutableDirectBuffer section, final int lines, final int probes, final long hash) {
        final int line = line(hash, lines);
        int bits = (int) hash | 1;
        for (int i = 0; i < probes; i++) {
            final int bit = bits >>> 23;
            final int at = line + (bit >>> 3);
            section.putByte(at, (byte) (section.getByte(at) | (1 << (bit & 7))));
            bits *= STEP;
        }
    }

    static boolean mayContain(final DirectBuffer section, final int lines, final int probes, final long hash) {
        final int line = line(hash, lines);
        int bits = (int) hash | 1;
        for (int i = 0; i < probes; i++) {
            final int bit = bits >>> 23;
            if ((section.getByte(line + (bit >>> 3)) & (1 << (bit & 7))) == 0) {
                return false;
            }
            bits *= STEP;
        }
        return true;
    }

    private static int line(final long hash, final int lines) {
        return (int) (((hash >>> 32) * lines) >>> 32) * LINE_LENGTH;
    }
}
