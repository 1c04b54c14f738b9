package org.avccdb.memdb;

import java.util.Arrays;

/** A byte string that orders as unsigned bytes and that shows itself as the code that makes it. */
final class Bytes implements Comparable<Bytes> {
    static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int SHORTEST_RUN = 4;

    private final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    /** Two hex digits for each byte, with {@code *n} where it stands n times: {@code "61*300 62"}. */
    static Bytes bytes(String text) {
        Bytes all = EMPTY;
        for (String run : text.isBlank() ? new String[0] : text.strip().split(" ", -1)) {
            int value = Integer.parseInt(run.substring(0, 2), 16);
            all = all.plus(repeated(value, run.length() == 2 ? 1 : Integer.parseInt(run.substring(3))));
        }
        return all;
    }

    static Bytes repeated(int value, int times) {
        byte[] content = new byte[times];
        Arrays.fill(content, (byte) value);
        return new Bytes(content);
    }

    static Bytes bigEndian(long number) {
        byte[] content = new byte[Long.BYTES];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (number >>> (56 - 8 * i));
        }
        return new Bytes(content);
    }

    Bytes plus(Bytes tail) {
        byte[] joined = Arrays.copyOf(content, content.length + tail.content.length);
        System.arraycopy(tail.content, 0, joined, content.length, tail.content.length);
        return new Bytes(joined);
    }

    Bytes first(int length) {
        return new Bytes(Arrays.copyOf(content, length));
    }

    int length() {
        return content.length;
    }

    byte[] array() {
        return content.clone();
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("bytes(\"");
        for (int i = 0, run; i < content.length; i += run) {
            run = 1;
            while (i + run < content.length && content[i + run] == content[i]) {
                run++;
            }
            run = run < SHORTEST_RUN ? 1 : run;
            text.append(i == 0 ? "" : " ").append(String.format("%02x", content[i]));
            if (run > 1) {
                text.append('*').append(run);
            }
        }
        return text.append("\")").toString();
    }
}
