package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import org.avccdb.AvccDbException;
import org.avccdb.Compression;

/**
 * A way of compressing blocks. Buffers are direct, but for what is decompressed, which may be in an array. Their positions and
 * limits are left alone. Any thread may use it.
 */
interface BlockCodec {
    /** Most bytes that so many bytes may be compressed to. */
    int maxCompressedLength(int length);

    /**
     * Compresses.
     *
     * @return the compressed length
     */
    int compress(ByteBuffer source, int offset, int length, ByteBuffer target, int targetOffset);

    /**
     * Decompresses what may be garbage; never writes outside the room it is given.
     *
     * @return whether the result is exactly as long as it should be
     */
    boolean decompress(
            ByteBuffer source, int offset, int length, ByteBuffer target, int targetOffset, int targetLength);

    /** The number of a codec in a block. */
    static int number(final Compression compression) {
        return switch (compression) {
            case NONE -> BlockDescriptor.CODEC_NONE;
            case LZ4 -> BlockDescriptor.CODEC_LZ4;
            case ZSTD -> BlockDescriptor.CODEC_ZSTD;
        };
    }

    /** The codec with a number other than {@link BlockDescriptor#CODEC_NONE}; one whose library is missing is refused. */
    static BlockCodec of(final int number) {
        return switch (number) {
            case BlockDescriptor.CODEC_LZ4 -> Lz4Codec.INSTANCE;
            case BlockDescriptor.CODEC_ZSTD -> zstd();
            default -> throw new IllegalArgumentException("no codec " + number);
        };
    }

    private static BlockCodec zstd() {
        try {
            return ZstdCodec.instance();
        } catch (final LinkageError missing) {
            throw new AvccDbException(
                    "Zstandard cannot be used: add com.github.luben:zstd-jni to the class path, or use another compression",
                    missing);
        }
    }
}
