package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4 blocks. */
final class Lz4Codec implements BlockCodec {
    static final BlockCodec INSTANCE = new Lz4Codec();

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    private Lz4Codec() {
        final LZ4Factory factory = LZ4Factory.fastestInstance();
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    @Override
    public int maxCompressedLength(final int length) {
        return compressor.maxCompressedLength(length);
    }

    @Override
    public int compress(
            final ByteBuffer source,
            final int offset,
            final int length,
            final ByteBuffer target,
            final int targetOffset) {
        return compressor.compress(source, offset, length, target, targetOffset, maxCompressedLength(length));
    }

    @Override
    public boolean decompress(
            final ByteBuffer source,
            final int offset,
            final int length,
            final ByteBuffer target,
            final int targetOffset,
            final int targetLength) {
        try {
            return decompressor.decompress(source, offset, length, target, targetOffset, targetLength) == targetLength;
        } catch (final LZ4Exception garbage) {
            return false;
        }
    }
}
