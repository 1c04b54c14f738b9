package org.avccdb.engine.table;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes of a section until they are written, in memory that serves one section after the other. One thread at a time. */
final class SectionBuffer {
    private byte[] bytes = {};
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    /** Begins a section of so many zeros. */
    void begin(final int sectionLength) {
        if (sectionLength > bytes.length) {
            bytes = new byte[sectionLength + sectionLength / 4];
            buffer.wrap(bytes);
        } else {
            Arrays.fill(bytes, 0, sectionLength, (byte) 0);
        }
        length = sectionLength;
    }

    int length() {
        return length;
    }

    /** For the section; what is behind its length means nothing. */
    byte[] bytes() {
        return bytes;
    }

    /** The same bytes. */
    UnsafeBuffer buffer() {
        return buffer;
    }
}
