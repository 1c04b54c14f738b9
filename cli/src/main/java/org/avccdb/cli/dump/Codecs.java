package org.avccdb.cli.dump;

import com.github.luben.zstd.Zstd;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** Undoes the compression of blocks. */
final class Codecs {
    static final int NONE = 0;

    private static final int LZ4 = 1;
    private static final int ZSTD = 2;
    /** Longer than any block that is written. */
    private static final int LONGEST = 1 << 30;

    private Codecs() {}

    /** The content, or null where it cannot be had. */
    static byte[] decompress(final int codec, final byte[] compressed, final long length) {
        if (length > LONGEST) {
            return null;
        }
        final byte[] content = new byte[(int) length];
        final long written = switch (codec) {
            case LZ4 -> lz4(compressed, content);
            case ZSTD -> Zstd.decompress(content, compressed);
            default -> -1;
        };
        return written == length ? content : null;
    }

    private static long lz4(final byte[] compressed, final byte[] content) {
        try {
            return LZ4Factory.safeInstance()
                    .safeDecompressor()
                    .decompress(compressed, 0, compressed.length, content, 0, content.length);
        } catch (final LZ4Exception damaged) {
            return -1;
        }
    }
}
