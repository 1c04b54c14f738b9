package org.avccdb.model;

import java.util.Arrays;
import java.util.HexFormat;

/** A key; keys order as unsigned bytes. The bytes are not to be changed. */
public final class Key implements Comparable<Key> {
    private static final int SHOWN_BYTES = 12;

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Key of(byte[] bytes) {
        return new Key(bytes);
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public boolean startsWith(Key prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    @Override
    public int compareTo(Key other) {
        int shared = Math.min(bytes.length, other.bytes.length);
        for (int i = 0; i < shared; i++) {
            int difference = (bytes[i] & 0xFF) - (other.bytes[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return bytes.length - other.bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        if (bytes.length <= 2 * SHOWN_BYTES) {
            return "k[" + hex.formatHex(bytes) + "]";
        }
        return "k[" + hex.formatHex(bytes, 0, SHOWN_BYTES) + ".." + bytes.length + " bytes.."
                + hex.formatHex(bytes, bytes.length - SHOWN_BYTES, bytes.length) + "]";
    }
}
