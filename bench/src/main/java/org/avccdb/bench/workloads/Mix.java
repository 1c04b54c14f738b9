package org.avccdb.bench.workloads;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a mixed workload does how often, in percent, and which keys it asks for.
 *
 * @param read gets
 * @param update puts of keys that are there
 * @param insert puts of new keys
 * @param scan short scans of up to 100 records
 * @param readModifyWrite gets followed by a put of the same key
 * @param latest whether new keys are asked for most; else keys are asked for as by Zipf's law, scattered over all
 */
public record Mix(int read, int update, int insert, int scan, int readModifyWrite, boolean latest) {
    private static final int WHOLE = 100;
    private static final List<String> NAMES = List.of("read", "update", "insert", "scan", "rmw");

    /** Checks that it is a whole. */
    public Mix {
        if (read < 0 || update < 0 || insert < 0 || scan < 0 || readModifyWrite < 0) {
            throw new IllegalArgumentException("a part of a mix is below 0");
        }
        if (read + update + insert + scan + readModifyWrite != WHOLE) {
            throw new IllegalArgumentException("the parts of a mix must make 100 together");
        }
    }

    /** The core workloads of YCSB, "a" to "f". */
    public static Mix ofYcsb(final char letter) {
        return switch (letter) {
            case 'a' -> new Mix(50, 50, 0, 0, 0, false);
            case 'b' -> new Mix(95, 5, 0, 0, 0, false);
            case 'c' -> new Mix(100, 0, 0, 0, 0, false);
            case 'd' -> new Mix(95, 0, 5, 0, 0, true);
            case 'e' -> new Mix(0, 0, 5, 95, 0, false);
            case 'f' -> new Mix(50, 0, 0, 0, 50, false);
            default -> throw new IllegalArgumentException("YCSB has workloads a to f, not " + letter);
        };
    }

    /** One of the letters a to f, or parts as in "read=50,update=30,insert=10,scan=5,rmw=5". */
    public static Mix parse(final String text) {
        if (text.length() == 1) {
            return ofYcsb(text.toLowerCase(Locale.ROOT).charAt(0));
        }
        final int[] parts = new int[NAMES.size()];
        for (final String part : text.split(",", -1)) {
            final String[] pair = part.split("=", -1);
            final int index = NAMES.indexOf(pair[0].strip());
            if (index < 0 || pair.length != 2) {
                throw new IllegalArgumentException("'" + part + "' is no part of a mix; parts are " + NAMES);
            }
            parts[index] = Integer.parseInt(pair[1].strip());
        }
        final int[] p = Arrays.copyOf(parts, parts.length);
        return new Mix(p[0], p[1], p[2], p[3], p[4], false);
    }
}
