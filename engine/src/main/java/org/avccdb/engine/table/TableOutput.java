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
    /** Codec and check always find room behind what goes before. */
    private static final int FULL = CAPACITY - BlockDescriptor.TRAILER_LENGTH;

    private final AppendFile file;
    private final long table;
    private final ScratchBuffer out;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer zeros = new UnsafeBuffer(new byte[FooterDescriptor.ALIGNMENT]);
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
            if (used >= FULL) {
                flush();
            }
            final int piece = Math.min(length - done, FULL - used);
            out.buffer().putBytes(used, source, offset + done, piece);
            crc.update(out.bytes().clear().position(used).limit(used + piece));
            used += piece;
            done += piece;
        }
    }

    /**
     * Ends the block or section, of which something has been written.
     *
     * @return its length, codec and check included
     */
    int end(final int codec) {
        final UnsafeBuffer buffer = out.buffer();
        buffer.putByte(used, (byte) codec);
        crc.update(codec);
        buffer.putInt(used + 1, (int) crc.getValue() ^ BlockDescriptor.mask(table, start), LITTLE_ENDIAN);
        used += BlockDescriptor.TRAILER_LENGTH;
        return (int) (position() - start);
    }

    /** Zero bytes up to where filter or index may begin. */
    void align() {
        write(zeros, 0, (int) (FooterDescriptor.align(position()) - position()));
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
