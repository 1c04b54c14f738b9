package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;

/**
 * Puts blocks of a table where cursors can read them: in place where they are stored as they are, else decompressed, in the
 * cache if possible. Any thread may use it while the table is open.
 *
 * <ol>
 *   <li>Compressed blocks are read with a system call, and the mapping is left alone: each of its pages that is ever touched
 *       counts as memory of the process, long after its blocks have been unpacked. Beside unpacking a block the call costs
 *       little. Blocks of over {@link StoredBytes#LONGEST} bytes are unpacked from the mapping: they would need much memory.
 *   <li>Where single blocks come again and again, since the cache is far too small for the table, the call is a good part of a
 *       lookup: from then on they are unpacked from the mapping, too, but not those that follow each other.
 * </ol>
 */
final class BlockLoader {
    private final MappedTable file;
    private final BlockIndex index;
    private final CachedBlocks cached;
    private final int longestBlock;
    private final boolean paranoid;
    /** A bit for each block whose check has been verified. */
    private final AtomicLongArray verified;
    /** How many single blocks were read; a race, which decides only where the next one comes from. */
    private int singleReads;

    BlockLoader(
            final MappedTable file,
            final BlockIndex index,
            final BlockCache cache,
            final int longestBlock,
            final boolean paranoid) {
        this.file = file;
        this.index = index;
        this.longestBlock = longestBlock;
        this.paranoid = paranoid;
        this.verified = new AtomicLongArray((index.blocks() + 63) / 64);
        this.cached = cache.blocks(file.table(), index.blocks());
    }

    /** Gives back what is off the heap. */
    void free() {
        cached.free();
    }

    /** Puts a block into a place that has none. */
    void load(final int block, final BlockPlace place, final boolean caching) {
        final int codec = index.codec(block);
        if (codec == BlockDescriptor.CODEC_NONE) {
            if (paranoid || !isVerified(block)) {
                verify(block, file);
                setVerified(block);
            }
            showInPlace(block, place);
            return;
        }
        final int frame = cached.pin(block, caching);
        if (frame != BlockCache.NONE) {
            final BlockCache cache = cached.cache();
            place.showPinned(cache, frame, cache.length(frame));
        } else {
            loadPacked(block, codec, place, caching);
        }
    }

    /** The same from the file, whatever is in the cache, and with all checks. */
    void loadAnew(final int block, final BlockPlace place) {
        final int codec = index.codec(block);
        if (codec == BlockDescriptor.CODEC_NONE) {
            verify(block, file);
            setVerified(block);
            showInPlace(block, place);
        } else {
            loadPacked(block, codec, place, false);
        }
    }

    private void showInPlace(final int block, final BlockPlace place) {
        final long offset = index.offset(block);
        final int stored = index.storedLength(block);
        place.showMapped(
                file.window(offset, stored), file.within(offset, stored), stored - BlockDescriptor.TRAILER_LENGTH);
    }

    private boolean isVerified(final int block) {
        return (verified.get(block >>> 6) & (1L << block)) != 0;
    }

    /** Checks what is stored of a block. */
    private void verify(final int block, final BlockBytes from) {
        final long offset = index.offset(block);
        final int storedLength = index.storedLength(block);
        if (!from.isSound(offset, storedLength)) {
            throw file.corrupt(offset, "wrong checksum of a block");
        }
        final int codecAt = from.within(offset, storedLength) + storedLength - BlockDescriptor.TRAILER_LENGTH;
        final int codec = from.window(offset, storedLength).getByte(codecAt) & 0xFF;
        if (codec != index.codec(block)) {
            throw file.corrupt(offset, "codec " + codec + " of a block, where the index says " + index.codec(block));
        }
    }

    private void setVerified(final int block) {
        final int word = block >>> 6;
        final long bit = 1L << block;
        long seen = verified.get(word);
        while ((seen & bit) == 0 && !verified.compareAndSet(word, seen, seen | bit)) {
            seen = verified.get(word);
        }
    }

    /**
     * Checks and unpacks a block; verified each time, for beside the decompression that costs nothing.
     *
     * <p>One method, and with over 325 bytes of code more than the JVM inlines: else every method on the way of a lookup or a
     * merge is compiled with all of this inside, 0.1 to 0.2 s each, and slow until then.
     */
    private void loadPacked(final int block, final int codec, final BlockPlace place, final boolean caching) {
        final long offset = index.offset(block);
        final int stored = index.storedLength(block);
        final BlockCache cache = cached.cache();
        BlockBytes from = file;
        if (stored <= StoredBytes.LONGEST) {
            final StoredBytes bytes = place.stored();
            bytes.attach(file, index.offset(index.blocks()), cache.scratch());
            final boolean follows = bytes.follows(offset, stored);
            if (follows || singleReads <= index.blocks()) {
                singleReads += follows ? 0 : 1;
                bytes.ask(offset, stored);
                from = bytes;
            }
        }
        verify(block, from);
        final DirectBuffer window = from.window(offset, stored);
        final int start = from.within(offset, stored);
        final int length = window.getInt(start, LITTLE_ENDIAN);
        if (length < BlockDescriptor.MIN_CONTENT_LENGTH || length > longestBlock) {
            throw file.corrupt(offset, "a block of " + length + " bytes, where the longest has " + longestBlock);
        }
        final int frame = caching && cache.fits(length) ? cached.claim(block) : BlockCache.NONE;
        final ByteBuffer target = frame == BlockCache.NONE ? place.own(cache.scratch(), length) : cache.bytes(frame);
        final int targetOffset = frame == BlockCache.NONE ? 0 : cache.offset(frame);
        boolean unpacked = false;
        try {
            unpacked = BlockCodec.of(codec)
                    .decompress(
                            window.byteBuffer(),
                            window.wrapAdjustment() + start + BlockDescriptor.CONTENT_LENGTH_LENGTH,
                            stored - BlockDescriptor.TRAILER_LENGTH - BlockDescriptor.CONTENT_LENGTH_LENGTH,
                            target,
                            targetOffset,
                            length);
        } finally {
            if (!unpacked && frame != BlockCache.NONE) {
                cache.giveUp(frame);
            }
        }
        if (!unpacked) {
            throw file.corrupt(offset, "a block that cannot be decompressed");
        }
        if (frame == BlockCache.NONE) {
            place.showOwn(length);
        } else {
            cache.publish(frame, length);
            place.showPinned(cache, frame, length);
        }
    }
}
