package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDbException;
import org.avccdb.Compression;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.FooterDescriptor.Footer;
import org.avccdb.engine.table.FooterDescriptor.Section;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Writes one table from records in order. One thread at a time uses it. It ends with a {@link #finish} that succeeds, or with
 * {@link #abandon}.
 */
public final class TableWriter {
    private final Storage storage;
    private final long number;
    private final AppendFile file;
    private final TableOutput output;
    private final BlockWriter blocks;
    private final TableScratchPool pool;
    private final TableScratch scratch;
    private final IndexBuilder index;
    private final FilterBuilder filter;
    private final TableTally tally = new TableTally();
    private final TableHashing hashing;
    private final WrittenBlocks written;
    private final JointFilters joint;

    private final UnsafeBuffer lastKey;
    private int lastKeyLength;
    private long lastVersion;
    private long lastStamp;
    private long keyHash;
    private int longestBlock;
    private boolean ended;

    /** Begins the table with this number; a file that is there is replaced. */
    public TableWriter(
            final Storage storage, final long number, final TableSettings settings, final MemoryLedger ledger) {
        this(storage, number, settings, ledger, new TableScratchPool(ledger), BlockCache.OFF, null);
    }

    TableWriter(
            final Storage storage,
            final long number,
            final TableSettings settings,
            final MemoryLedger ledger,
            final TableScratchPool pool,
            final BlockCache cache,
            final JointFilters joint) {
        this.storage = storage;
        this.number = number;
        if (settings.compression() != Compression.NONE) {
            BlockCodec.of(BlockCodec.number(settings.compression()));
        }
        this.pool = pool;
        this.scratch = pool.take();
        this.lastKey = scratch.lastKey();
        this.index = scratch.index();
        this.filter = scratch.filter();
        this.hashing = settings.authenticated() ? scratch.hashing() : null;
        this.written = new WrittenBlocks(cache);
        this.joint = joint;
        scratch.begin(settings);
        this.file = storage.create(FileNames.table(number));
        this.output = new TableOutput(file, number, ledger);
        this.blocks = new BlockWriter(output, settings, ledger);
        begin();
    }

    private void begin() {
        try {
            output.open();
        } catch (final OutOfNativeMemoryException refused) {
            abandon();
            throw refused;
        }
    }

    /** Adds a record, which must come behind the one before in the order of {@link Keys}. */
    public void add(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        check(keyLength, version, stamp, valueLength);
        final int shared = Prefixes.common(lastKey, 0, key, keyOffset, Math.min(lastKeyLength, keyLength));
        final boolean first = tally.records() == 0;
        final boolean sameKey = !first && shared == keyLength && shared == lastKeyLength;
        if (!first) {
            checkOrder(sameKey, shared, key, keyOffset, keyLength, version, stamp);
        }
        final boolean large = BlockWriter.isLarge(keyLength, valueLength);
        if (!blocks.isEmpty() && (large || !blocks.fits(shared, keyLength, valueLength))) {
            endBlock();
        }
        if (blocks.isEmpty()) {
            beginBlock(first, sameKey, shared, key, keyOffset, keyLength, version, stamp);
        }
        if (large) {
            blocks.writeLarge(key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength);
        } else {
            blocks.add(shared, key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength);
        }
        if (!sameKey) {
            keyHash = KeyHash.of(key, keyOffset, keyLength);
            filter.add(keyHash);
            remember(shared, key, keyOffset, keyLength);
        }
        lastVersion = version;
        lastStamp = stamp;
        tally.add(!sameKey, keyLength, valueLength, version, stamp);
        tally.addDigest(RecordDigest.of(keyHash, version, stamp, value, valueOffset, valueLength));
        if (first) {
            tally.first(key, keyOffset, keyLength, version, stamp);
        }
        if (hashing != null) {
            hashing.onRecord(key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength);
        }
        if (large) {
            blockWritten();
        }
    }

    private static void check(final int keyLength, final long version, final long stamp, final int valueLength) {
        final int type = RecordDescriptor.type(stamp);
        final boolean versionFits = type == RecordType.KEY_DELETE
                ? version == Versions.KEY_DELETE
                : version >= 0 && version <= Versions.MAX;
        final boolean valueFits = valueLength == 0 || (valueLength > 0 && type == RecordType.PUT);
        if (!RecordType.isRecord(type) || !versionFits || !valueFits || keyLength < 0 || keyLength > Keys.MAX_LENGTH) {
            throw new IllegalArgumentException("not a record: type " + type + ", key of " + keyLength
                    + " bytes, version " + version + ", value of " + valueLength + " bytes");
        }
    }

    private void checkOrder(
            final boolean sameKey,
            final int shared,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp) {
        final boolean ascending;
        if (sameKey) {
            ascending = Keys.compareWithinKey(lastVersion, lastStamp, version, stamp) < 0;
        } else {
            ascending = shared == lastKeyLength
                    || (shared < keyLength
                            && (lastKey.getByte(shared) & 0xFF) < (key.getByte(keyOffset + shared) & 0xFF));
        }
        if (!ascending) {
            throw new IllegalArgumentException("records out of order: version " + version + ", stamp " + stamp
                    + " behind version " + lastVersion + ", stamp " + lastStamp + (sameKey ? " of the same key" : ""));
        }
    }

    private void beginBlock(
            final boolean first,
            final boolean sameKey,
            final int shared,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp) {
        if (first) {
            index.fence(key, keyOffset, 0, Versions.KEY_DELETE, Keys.FIRST_STAMP);
        } else if (sameKey) {
            index.fence(key, keyOffset, keyLength, version, stamp);
        } else {
            index.fence(key, keyOffset, shared + 1, Versions.KEY_DELETE, Keys.FIRST_STAMP);
        }
    }

    private void remember(final int shared, final DirectBuffer key, final int keyOffset, final int keyLength) {
        if (keyLength > lastKey.capacity()) {
            final byte[] longer = new byte[Math.min(Keys.MAX_LENGTH, keyLength * 2)];
            lastKey.getBytes(0, longer, 0, shared);
            lastKey.wrap(longer);
        }
        lastKey.putBytes(shared, key, keyOffset + shared, keyLength - shared);
        lastKeyLength = keyLength;
    }

    private void endBlock() {
        blocks.write();
        blockWritten();
    }

    private void blockWritten() {
        index.block(output.start(), blocks.storedLength(), blocks.storedCodec());
        longestBlock = Math.max(longestBlock, blocks.contentLength());
        if (blocks.storedCodec() != BlockDescriptor.CODEC_NONE) {
            written.add(index.blocks() - 1, blocks.content(), blocks.contentLength());
        }
        if (hashing != null) {
            hashing.onBlockEnd();
        }
    }

    /** About how long the file would be if it were finished now. */
    public long writtenBytes() {
        return output.position() + blocks.pendingLength() + index.length() + filter.length() + FooterDescriptor.LENGTH;
    }

    /** Sum of the {@link RecordDigest}s of what has been added. */
    public long digestSum() {
        return tally.digestSum();
    }

    /** How many records have been added. */
    public long records() {
        return tally.records();
    }

    /**
     * Writes the rest and syncs the file, though not the directory. There must have been a record. Where it fails, what
     * remains is to abandon.
     */
    public TableMeta finish(final int level, final long[] replaced, final long group, final int groupSize) {
        if (tally.records() == 0 || ended) {
            throw new IllegalStateException(ended ? "a table that has ended" : "a table without records");
        }
        if (!blocks.isEmpty()) {
            endBlock();
        }
        tally.last(lastKey, 0, lastKeyLength, lastVersion, lastStamp);
        final long dataBytes = output.position();
        final TableProperties properties = tally.properties(
                number, index.blocks(), dataBytes, longestBlock, new TableOrigin(level, replaced, group, groupSize));
        output.align();
        final SectionBuffer section = scratch.section();
        filter.build(section);
        final Section filterSection = write(section.buffer(), section.length());
        output.align();
        index.build(section);
        final Section indexSection = write(section.buffer(), section.length());
        final HashRows hashes = hashing == null ? null : hashing.finish();
        final Section rows = hashes == null ? new Section(output.position(), 0) : write(hashes, section);
        final byte[] told = PropertiesDescriptor.encode(properties);
        final Section propertiesSection = write(new UnsafeBuffer(told), told.length);
        final byte[] root = hashes == null ? null : hashes.root(properties);
        final byte[] footer =
                FooterDescriptor.encode(new Footer(filterSection, indexSection, rows, propertiesSection, root, number));
        output.write(new UnsafeBuffer(footer), 0, footer.length);
        output.flush();
        file.sync();
        final long bytes = file.length();
        file.close();
        written.finish(number, properties.blocks());
        if (joint != null && level == 0) {
            joint.expect(number, filter);
        }
        ended = true;
        free();
        pool.give(scratch);
        return properties.meta(bytes, root);
    }

    private Section write(final HashRows hashes, final SectionBuffer section) {
        section.begin(hashes.length());
        hashes.encode(section.buffer());
        return write(section.buffer(), section.length());
    }

    private Section write(final DirectBuffer section, final int bytes) {
        if (bytes == 0) {
            return new Section(output.position(), 0);
        }
        output.begin();
        output.write(section, 0, bytes);
        final int length = output.end(BlockDescriptor.CODEC_NONE);
        return new Section(output.start(), length);
    }

    /**
     * Deletes what has been written; never throws. Does nothing after a finish that succeeded. Its scratch is not kept: some
     * of it may be in the hands of who hashes.
     */
    public void abandon() {
        if (ended) {
            return;
        }
        ended = true;
        free();
        written.abandon();
        try {
            file.close();
        } catch (final AvccDbException ignored) {
            // What it held is given up anyway; the file below is deleted all the same.
        }
        try {
            storage.delete(file.name());
        } catch (final AvccDbException ignored) {
            // Left for the next cleaning up of files that no version names.
        }
    }

    private void free() {
        scratch.free();
        blocks.free();
        output.free();
    }
}
