package org.avccdb;

import java.util.HexFormat;

/** Bytes as people read them. */
final class HexText {
    private HexText() {}

    /** The first bytes in hexadecimal, and how many there are where that is not all. */
    static String of(final byte[] bytes, final int most) {
        if (bytes == null) {
            return "null";
        }
        final HexFormat hex = HexFormat.of();
        return bytes.length <= most
                ? "0x" + hex.formatHex(bytes)
                : "0x" + hex.formatHex(bytes, 0, most) + "... (" + bytes.length + " bytes)";
    }
}
