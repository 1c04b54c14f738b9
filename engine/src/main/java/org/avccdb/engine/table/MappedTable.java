package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.table.FooterDescriptor.Section;

/**
 * The file of an open table, mapped. What a storage shows at once is limited, so there is a window every half a gigabyte that
 * reaches through the next half: what is no longer than a half is whole in the window that it begins in. The few blocks that
 * are longer are shown alone.
 *
 * <p>Any thread may call any method, until {@link #close}.
 */
final class MappedTable implements BlockBytes {
    /** Windows of {@link ReadFile#MAX_MAP_BYTES}. */
    static final int USUAL_STRIDE_BITS = 29;

    private final ReadFile file;
    private final long table;
    private final int strideBits;
    /** The longest that is in a window, with the slack behind it. */
    private final int longestInWindow;

    private final DirectBuffer[] windows;
    /** What a check needs, for its next use. */
    private final AtomicReference<Checker> spare = new AtomicReference<>();

    /**
     * Maps a file.
     *
     * @param strideBits windows begin at multiples of two to this
     */
    MappedTable(final ReadFile file, final long table, final int strideBits) {
        this.file = file;
        this.table = table;
        this.strideBits = strideBits;
        final int stride = 1 << strideBits;
        this.longestInWindow = stride - BlockPlace.SLACK;
        this.windows = new DirectBuffer[(int) ((file.length() + stride - 1) >>> strideBits)];
        for (int i = 0; i < windows.length; i++) {
            final long start = (long) i << strideBits;
            windows[i] = file.map(start, (int) Math.min(file.length() - start, 2L * stride));
        }
    }

    ReadFile file() {
        return file;
    }

    String name() {
        return file.name();
    }

    long table() {
        return table;
    }

    long length() {
        return file.length();
    }

    /** With the slack behind them, which is in the file, as the footer is no block. */
    @Override
    public DirectBuffer window(final long offset, final int length) {
        return length <= longestInWindow
                ? windows[(int) (offset >>> strideBits)]
                : file.map(offset, length + BlockPlace.SLACK);
    }

    @Override
    public int within(final long offset, final int length) {
        return length <= longestInWindow ? (int) offset & ((1 << strideBits) - 1) : 0;
    }

    @Override
    public boolean isSound(final long offset, final int storedLength) {
        if (storedLength > longestInWindow) {
            return new Checker(window(offset, storedLength)).check(0, storedLength)
                    == BlockDescriptor.mask(table, offset);
        }
        final int number = (int) (offset >>> strideBits);
        final Checker kept = spare.getAndSet(null);
        final Checker checker = kept == null || kept.window != windows[number] ? new Checker(windows[number]) : kept;
        final boolean sound =
                checker.check(within(offset, storedLength), storedLength) == BlockDescriptor.mask(table, offset);
        spare.set(checker);
        return sound;
    }

    /** A section without codec and check, which are verified. */
    UnsafeBuffer section(final Section section, final String what) {
        if (section.length() < BlockDescriptor.TRAILER_LENGTH || section.length() > BlockDescriptor.MAX_STORED_LENGTH) {
            throw corrupt(section.offset(), what + " of " + section.length() + " bytes");
        }
        final int length = (int) section.length();
        if (!isSound(section.offset(), length)) {
            throw corrupt(section.offset(), "wrong checksum of the " + what);
        }
        final DirectBuffer window = window(section.offset(), length);
        final int start = within(section.offset(), length);
        final int contentLength = length - BlockDescriptor.TRAILER_LENGTH;
        if (window.getByte(start + contentLength) != BlockDescriptor.CODEC_NONE) {
            throw corrupt(section.offset(), "unknown codec of the " + what);
        }
        return new UnsafeBuffer(window, start, contentLength);
    }

    CorruptionException corrupt(final long offset, final String what) {
        return new CorruptionException(file.name(), offset, what);
    }

    void close() {
        file.close();
    }

    /** Computes checks within one window; one thread at a time. */
    private static final class Checker {
        private final CRC32C crc = new CRC32C();
        private final DirectBuffer window;
        private final ByteBuffer bytes;

        Checker(final DirectBuffer window) {
            this.window = window;
            this.bytes = window.byteBuffer().duplicate();
        }

        /** The stored check xor the computed one: the mask, if all is well. */
        int check(final int start, final int storedLength) {
            final int checked = storedLength - Integer.BYTES;
            final int first = window.wrapAdjustment() + start;
            crc.reset();
            crc.update(bytes.clear().position(first).limit(first + checked));
            return (int) crc.getValue() ^ window.getInt(start + checked, LITTLE_ENDIAN);
        }
    }
}
