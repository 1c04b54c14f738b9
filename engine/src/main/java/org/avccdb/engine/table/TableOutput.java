package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.memdb.MemoryLedger;

/**
 * What is written of a table, collected to larger pieces. Blocks and sections are written piece by piece between {@link
 * #begin} and {@link #end}, which adds codec and check.
 */
final class TableOutput {
    private static final int CAPACITY = 256 << 10;

    private final AppendFile file;
    private final long table;
    private final ScratchBuffer out;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer small = new UnsafeBuffer(new byte[FooterDescriptor.ALIGNMENT]);
    private int used;
    private long start;

    TableOutput(final AppendFile file, final long table, final MemoryLedger ledger) {
        this.file = file;
        this.table = table;
        this.out = new ScratchBuffer(ledger);
    }

    /** Takes the memory that it needs. */
    void open() {
        out.ensure(CAPACITY);
    }

    /** Bytes written so far. */
    long position() {
        return file.length() + used;
    }

    /** Begins a block or section. */
    void begin() {
        start = position();
        crc.reset();
    }

    /** Where the block or section that was begun last is. */
    long start() {
        return start;
    }

    void write(final DirectBuffer source, final int offset, final int length) {
        int done = 0;
        while (done < length) {
            if (used == CAPACITY) {
                flush();
            }
            final int piece = Math.min(length - done, CAPACITY - used);
            out.buffer().putBytes(used, source, offset + done, piece);
            crc.update(out.bytes().clear().position(used).limit(used + piece));
            used += piece;
            done += piece;
        }
    }

    /**
     * Ends the block or section.
     *
     * @return its length, codec and check included
     */
    int end(final int codec) {
        small.putByte(0, (byte) codec);
        write(small, 0, 1);
        small.putInt(0, (int) crc.getValue() ^ BlockDescriptor.mask(table, start), LITTLE_ENDIAN);
        write(small, 0, Integer.BYTES);
        return (int) (position() - start);
    }

    /** Zero bytes up to where filter or index may begin. */
    void align() {
        small.setMemory(0, small.capacity(), (byte) 0);
        write(small, 0, (int) (FooterDescriptor.align(position()) - position()));
    }

    void flush() {
        if (used > 0) {
            file.append(out.buffer(), 0, used);
            used = 0;
        }
    }

    void free() {
        out.free();
    }
}
