package org.avccdb.engine.table;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/** Zstandard frames. The only class that touches the library, which need not be there: it is loaded when it is needed. */
final class ZstdCodec implements BlockCodec {
    private static final int LEVEL = 3;
    private static final BlockCodec INSTANCE = new ZstdCodec();

    private ZstdCodec() {
        // Fails here, and not at the first block, where the library is missing.
        Zstd.compressBound(0);
    }

    static BlockCodec instance() {
        return INSTANCE;
    }

    @Override
    public int maxCompressedLength(final int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    public int compress(
            final ByteBuffer source,
            final int offset,
            final int length,
            final ByteBuffer target,
            final int targetOffset) {
        final long compressed = Zstd.compressDirectByteBuffer(
                target, targetOffset, maxCompressedLength(length), source, offset, length, LEVEL);
        return (int) compressed;
    }

    @Override
    public boolean decompress(
            final ByteBuffer source,
            final int offset,
            final int length,
            final ByteBuffer target,
            final int targetOffset,
            final int targetLength) {
        if (!source.isDirect()) {
            // What a storage shows need not be direct, but this library wants it.
            final ByteBuffer copy = ByteBuffer.allocateDirect(length).put(0, source, offset, length);
            return decompress(copy, 0, length, target, targetOffset, targetLength);
        }
        try {
            return Zstd.decompressDirectByteBuffer(target, targetOffset, targetLength, source, offset, length)
                    == targetLength;
        } catch (final ZstdException garbage) {
            return false;
        }
    }
}
