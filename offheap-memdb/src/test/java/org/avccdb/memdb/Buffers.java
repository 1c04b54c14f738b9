package org.avccdb.memdb;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the buffers in which bytes are handed over: on and off the heap, at even and odd offsets, with other bytes around
 * them. What it has made is overwritten by the next call.
 */
final class Buffers {
    static final byte FILLER = (byte) 0xEE;

    private static final int HEAP_START = 5;
    private static final int BEHIND = 3;

    /** Kinds of places: a number from 0 to below this. */
    static final int PLACES = 20;

    private ByteBuffer scratch = ByteBuffer.allocateDirect(4096);

    /** Where some bytes are. */
    record Placed(UnsafeBuffer buffer, int offset, int length) {
        Bytes content() {
            return copy(buffer, offset, length);
        }
    }

    /** The bytes in a buffer; an odd place is off the heap, half of it is the offset. */
    Placed place(Bytes content, int place) {
        Placed placed = room(content.length(), place);
        placed.buffer().putBytes(placed.offset(), content.array());
        return placed;
    }

    /** The same with nothing but filler. */
    Placed room(int length, int place) {
        int offset = place / 2;
        int total = offset + length + BEHIND;
        UnsafeBuffer buffer = place % 2 == 0
                ? new UnsafeBuffer(new byte[HEAP_START + total], HEAP_START, total)
                : new UnsafeBuffer(direct(total), 0, total);
        buffer.setMemory(0, total, FILLER);
        return new Placed(buffer, offset, length);
    }

    private ByteBuffer direct(int total) {
        if (scratch.capacity() < total) {
            scratch = ByteBuffer.allocateDirect(2 * total);
        }
        return scratch;
    }

    static UnsafeBuffer of(Bytes content) {
        return new UnsafeBuffer(content.array());
    }

    static Bytes copy(DirectBuffer buffer, int offset, int length) {
        byte[] content = new byte[length];
        buffer.getBytes(offset, content);
        return new Bytes(content);
    }

    static Bytes copy(DirectBuffer buffer) {
        return copy(buffer, 0, buffer.capacity());
    }
}
