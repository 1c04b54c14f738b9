package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;

/** Collects the blocks of a table and their fences ({@link IndexDescriptor}), of one table after the other. */
final class IndexBuilder {
    private static final int FIRST_BLOCKS = 64;
    private static final int FIRST_BYTES = 1024;

    /** Of what is noted of each block. */
    private static final int OFFSET = 0;

    private static final int VERSION = 8;
    private static final int STAMP = 16;
    private static final int LENGTH = 24;
    private static final int KEY = 28;
    private static final int KEY_LENGTH = 32;
    private static final int NOTE_LENGTH = 40;

    private final ScratchBuffer notes;
    private final ScratchBuffer keys;
    private int blocks;
    private int used;

    IndexBuilder(final MemoryLedger ledger) {
        notes = new ScratchBuffer(ledger);
        keys = new ScratchBuffer(ledger);
    }

    /** Begins a table. */
    void begin() {
        blocks = 0;
        used = 0;
    }

    int blocks() {
        return blocks;
    }

    /** Gives the memory back. */
    void free() {
        begin();
        notes.free();
        keys.free();
    }

    /** About how long the index is. */
    int length() {
        return IndexDescriptor.prefix(blocks) + used + Short.BYTES * blocks;
    }

    /** Begins the next block, whose fence this is. The first has a fence without a key. */
    void fence(final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        final int note = blocks * NOTE_LENGTH;
        notes.ensure(Math.max(note + NOTE_LENGTH, FIRST_BLOCKS * NOTE_LENGTH), note);
        final boolean sameKey = blocks > 1
                && keyLength(blocks - 1) == length
                && Prefixes.common(keys.buffer(), key(blocks - 1), key, offset, length) == length;
        if (sameKey) {
            notes.buffer().putInt(note + KEY, key(blocks - 1));
        } else {
            reserve(length);
            keys.buffer().putBytes(used, key, offset, length);
            notes.buffer().putInt(note + KEY, used);
            used += length;
        }
        notes.buffer().putInt(note + KEY_LENGTH, length);
        notes.buffer().putLong(note + VERSION, version);
        notes.buffer().putLong(note + STAMP, stamp);
        blocks++;
    }

    private int key(final int block) {
        return notes.buffer().getInt(block * NOTE_LENGTH + KEY);
    }

    private int keyLength(final int block) {
        return notes.buffer().getInt(block * NOTE_LENGTH + KEY_LENGTH);
    }

    /** Where the block that was begun last has been put. */
    void block(final long offset, final int storedLength, final int codec) {
        final int note = (blocks - 1) * NOTE_LENGTH;
        notes.buffer().putLong(note + OFFSET, offset);
        notes.buffer().putInt(note + LENGTH, storedLength | (codec << IndexDescriptor.CODEC_SHIFT));
    }

    private void reserve(final int length) {
        if ((long) length() + length + IndexDescriptor.BLOCK_LENGTH > IndexDescriptor.MAX_LENGTH) {
            throw new IllegalStateException("a table whose index passes " + IndexDescriptor.MAX_LENGTH
                    + " bytes; it should have been ended before");
        }
        keys.ensure(Math.max(used + length, FIRST_BYTES), used);
    }

    /** The index, without codec and check. */
    void build(final SectionBuffer section) {
        final UnsafeBuffer bytes = keys.buffer();
        final int prefix = blocks > 2
                ? Prefixes.common(bytes, key(1), bytes, key(blocks - 1), Math.min(keyLength(1), keyLength(blocks - 1)))
                : blocks == 2 ? keyLength(1) : 0;
        section.begin(sectionLength(prefix));
        final UnsafeBuffer index = section.buffer();
        index.putInt(0, blocks, LITTLE_ENDIAN);
        index.putInt(IndexDescriptor.PREFIX_LENGTH_OFFSET, prefix, LITTLE_ENDIAN);
        int at = IndexDescriptor.prefix(blocks);
        if (prefix > 0) {
            index.putBytes(at, bytes, key(1), prefix);
            at += prefix;
        }
        int key = at;
        for (int block = 0; block < blocks; block++) {
            if (!sharesKey(block)) {
                key = at;
                at = putKey(index, at, block, prefix);
            }
            putEntry(index, block, key);
        }
    }

    private int sectionLength(final int prefix) {
        int length = IndexDescriptor.prefix(blocks) + prefix;
        for (int block = 0; block < blocks; block++) {
            length += sharesKey(block) ? 0 : Short.BYTES + keyLength(block) - (block == 0 ? 0 : prefix);
        }
        return length;
    }

    private boolean sharesKey(final int block) {
        return block > 1 && key(block) == key(block - 1) && keyLength(block) == keyLength(block - 1);
    }

    private int putKey(final UnsafeBuffer index, final int at, final int block, final int prefix) {
        final int skipped = block == 0 ? 0 : prefix;
        final int length = keyLength(block) - skipped;
        index.putShort(at, (short) length, LITTLE_ENDIAN);
        index.putBytes(at + Short.BYTES, keys.buffer(), key(block) + skipped, length);
        return at + Short.BYTES + length;
    }

    private void putEntry(final UnsafeBuffer index, final int block, final int key) {
        final int length = IndexDescriptor.keyLength(index, key);
        index.putLong(
                IndexDescriptor.DIGESTS_OFFSET + block * Long.BYTES,
                Prefixes.digest(index, key + Short.BYTES, length),
                LITTLE_ENDIAN);
        final int note = block * NOTE_LENGTH;
        final UnsafeBuffer noted = notes.buffer();
        final int entry = IndexDescriptor.entries(blocks) + block * IndexDescriptor.ENTRY_LENGTH;
        index.putLong(entry, noted.getLong(note + OFFSET), LITTLE_ENDIAN);
        index.putInt(entry + IndexDescriptor.STORED_LENGTH_OFFSET, noted.getInt(note + LENGTH), LITTLE_ENDIAN);
        index.putInt(entry + IndexDescriptor.KEY_OFFSET_OFFSET, key, LITTLE_ENDIAN);
        index.putLong(entry + IndexDescriptor.VERSION_OFFSET, noted.getLong(note + VERSION), LITTLE_ENDIAN);
        index.putLong(entry + IndexDescriptor.STAMP_OFFSET, noted.getLong(note + STAMP), LITTLE_ENDIAN);
    }
}
