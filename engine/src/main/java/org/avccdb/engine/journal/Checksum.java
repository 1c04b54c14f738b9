package org.avccdb.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** CRC32C over parts of buffers, without garbage where the same byte buffer comes again and again. For one thread. */
final class Checksum {
    private static final int CHUNK = 1024;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer source;
    private ByteBuffer window;
    private byte[] copy;

    void reset() {
        crc.reset();
    }

    int value() {
        return (int) crc.getValue();
    }

    int of(final DirectBuffer buffer, final int offset, final int length) {
        crc.reset();
        update(buffer, offset, length);
        return value();
    }

    void update(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        if (array != null) {
            crc.update(array, buffer.wrapAdjustment() + offset, length);
            return;
        }
        final ByteBuffer bytes = buffer.byteBuffer();
        if (bytes != null) {
            updateWindow(bytes, buffer.wrapAdjustment() + offset, length);
        } else {
            updateByCopies(buffer, offset, length);
        }
    }

    /** Lets go of the byte buffer that was seen last. */
    void forget() {
        source = null;
        window = null;
    }

    @SuppressWarnings("ReferenceEquality") // equals() of byte buffers compares their content
    private void updateWindow(final ByteBuffer bytes, final int position, final int length) {
        if (source != bytes) {
            source = bytes;
            window = bytes.duplicate();
        }
        window.limit(position + length);
        window.position(position);
        crc.update(window);
    }

    /** Of a buffer that is nothing but an address. */
    private void updateByCopies(final DirectBuffer buffer, final int offset, final int length) {
        if (copy == null) {
            copy = new byte[CHUNK];
        }
        for (int done = 0; done < length; done += CHUNK) {
            final int part = Math.min(CHUNK, length - done);
            buffer.getBytes(offset + done, copy, 0, part);
            crc.update(copy, 0, part);
        }
    }
}
