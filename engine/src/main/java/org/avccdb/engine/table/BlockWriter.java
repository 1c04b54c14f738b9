package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;

/** Turns records into stored blocks ({@link BlockDescriptor}). */
final class BlockWriter {
    /** A record beyond this is stored as it is, straight from where it comes from, and so read without a copy too. */
    static final int LARGE_RECORD_LENGTH = 16 << 20;

    private final TableOutput output;
    private final BlockBuilder builder;
    private final int blockBytes;
    private final int codecNumber;
    private final BlockCodec codec;
    private final ScratchBuffer content;
    private final ScratchBuffer packed;
    private final ScratchBuffer head;

    private int storedLength;
    private int storedCodec;
    private int contentLength;

    BlockWriter(final TableOutput output, final TableSettings settings, final MemoryLedger ledger) {
        this.output = output;
        this.builder = new BlockBuilder(settings.restartInterval(), ledger);
        this.blockBytes = settings.blockBytes();
        this.codecNumber = BlockCodec.number(settings.compression());
        this.codec = codecNumber == BlockDescriptor.CODEC_NONE ? null : BlockCodec.of(codecNumber);
        this.content = new ScratchBuffer(ledger);
        this.packed = new ScratchBuffer(ledger);
        this.head = new ScratchBuffer(ledger);
    }

    boolean isEmpty() {
        return builder.isEmpty();
    }

    /** Bytes of the block so far. */
    int pendingLength() {
        return builder.headLength() + builder.entriesLength();
    }

    /** Whether a record fits into the block, which is not empty. */
    boolean fits(final int shared, final int keyLength, final int valueLength) {
        final int stored = builder.isRestartNext() ? 0 : shared;
        return builder.lengthWith(keyLength - stored, valueLength) <= blockBytes;
    }

    static boolean isLarge(final int keyLength, final int valueLength) {
        return (long) keyLength + valueLength > LARGE_RECORD_LENGTH;
    }

    void add(
            final int shared,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        builder.addKey(shared, key, keyOffset, keyLength, version, stamp, valueLength);
        builder.addValue(value, valueOffset, valueLength);
    }

    /** Writes a block of one large record; there must be no other one begun. */
    void writeLarge(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        builder.addKey(0, key, keyOffset, keyLength, version, stamp, valueLength);
        output.begin();
        writePlain(value, valueOffset, valueLength);
        builder.reset();
    }

    /** Writes the block that has been collected. */
    void write() {
        output.begin();
        if (codec == null || !writePacked()) {
            writePlain(builder.entries(), 0, 0);
        }
        builder.reset();
    }

    private void writePlain(final DirectBuffer value, final int valueOffset, final int valueLength) {
        head.ensure(builder.headLength());
        builder.putHead(head.buffer(), 0);
        output.write(head.buffer(), 0, builder.headLength());
        output.write(builder.entries(), 0, builder.entriesLength());
        output.write(value, valueOffset, valueLength);
        ended(BlockDescriptor.CODEC_NONE, pendingLength() + valueLength);
    }

    /** Compresses, and writes the result unless it gains less than an eighth. */
    private boolean writePacked() {
        final int length = pendingLength();
        content.ensure(length);
        final UnsafeBuffer whole = content.buffer();
        builder.putHead(whole, 0);
        whole.putBytes(builder.headLength(), builder.entries(), 0, builder.entriesLength());
        packed.ensure(BlockDescriptor.CONTENT_LENGTH_LENGTH + codec.maxCompressedLength(length));
        final int compressed =
                codec.compress(content.bytes(), 0, length, packed.bytes(), BlockDescriptor.CONTENT_LENGTH_LENGTH);
        if (BlockDescriptor.CONTENT_LENGTH_LENGTH + compressed > length - length / 8) {
            return false;
        }
        packed.buffer().putInt(0, length, LITTLE_ENDIAN);
        output.write(packed.buffer(), 0, BlockDescriptor.CONTENT_LENGTH_LENGTH + compressed);
        ended(codecNumber, length);
        return true;
    }

    private void ended(final int codecUsed, final int length) {
        storedLength = output.end(codecUsed);
        storedCodec = codecUsed;
        contentLength = length;
    }

    /** Length of the block written last, codec and check included. */
    int storedLength() {
        return storedLength;
    }

    /** Codec of the block written last. */
    int storedCodec() {
        return storedCodec;
    }

    /** Length of the content of the block written last. */
    int contentLength() {
        return contentLength;
    }

    /** The content of the block written last, if it was compressed. */
    DirectBuffer content() {
        return content.buffer();
    }

    void free() {
        builder.free();
        content.free();
        packed.free();
        head.free();
    }
}
