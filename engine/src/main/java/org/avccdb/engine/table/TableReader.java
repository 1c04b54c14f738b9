package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.FooterDescriptor.Footer;
import org.avccdb.memdb.MemoryLedger;

/**
 * An open table. Any thread may use it, while it has a reference or is kept by an epoch from missing its closing.
 *
 * <ol>
 *   <li>The file is unmapped, and what is off the heap is freed, when the last reference has gone; the opener's goes with
 *       {@link #close}.
 *   <li>Everything but the data blocks is verified when the table is opened, each data block when it is first read.
 * </ol>
 */
public final class TableReader {
    private final MappedTable file;
    private final Footer footer;
    private final TableProperties properties;
    private final TableMeta meta;
    private final MemoryLedger ledger;
    private final BlockIndex index;
    private final BlockLoader loader;
    private final UnsafeBuffer filter;
    private final UnsafeBuffer rows;
    private final int filterLines;
    private final int filterProbes;
    private final AtomicInteger references = new AtomicInteger(1);

    private TableReader(final MappedTable file, final BlockCache blocks, final boolean paranoid) {
        this.file = file;
        this.footer = footer(file);
        this.properties = properties(file, footer);
        this.meta = properties.meta(file.length(), footer.root());
        final UnsafeBuffer fences = indexSection();
        this.filter = footer.filter().length() == 0 ? null : file.section(footer.filter(), "filter");
        if (filter == null) {
            this.filterLines = 0;
            this.filterProbes = 0;
        } else {
            refuse(file, footer.filter().offset(), FilterDescriptor.problem(filter, filter.capacity()));
            this.filterLines = FilterDescriptor.lines(filter, filter.capacity());
            this.filterProbes = FilterDescriptor.probes(filter, filter.capacity());
        }
        this.rows = footer.rows().length() == 0 ? null : file.section(footer.rows(), "hash rows");
        if ((rows == null) != (footer.root() == null)) {
            throw file.corrupt(footer.rows().offset(), "a table with either hash rows or a root, but not both");
        }
        if (rows != null) {
            refuse(file, footer.rows().offset(), RowsDescriptor.problem(rows, rows.capacity(), properties.blocks()));
        }
        final BlockCache cache = blocks == null ? BlockCache.OFF : blocks;
        this.ledger = cache.ledger();
        this.index = new BlockIndex(fences, ledger);
        boolean whole = false;
        try {
            this.loader = new BlockLoader(file, index, cache, properties.longestBlock(), paranoid);
            whole = true;
        } finally {
            if (!whole) {
                index.free();
            }
        }
    }

    /**
     * Opens a table; with one reference, which {@link #close} lets go.
     *
     * @param blocks cache for decompressed blocks; null for none
     * @param paranoid verify checksums each time that a block is read
     */
    public static TableReader open(
            final Storage storage, final long number, final BlockCache blocks, final boolean paranoid) {
        return open(storage, number, blocks, paranoid, MappedTable.USUAL_STRIDE_BITS);
    }

    static TableReader open(
            final Storage storage,
            final long number,
            final BlockCache blocks,
            final boolean paranoid,
            final int strideBits) {
        final ReadFile file = storage.open(FileNames.table(number));
        boolean opened = false;
        try {
            final TableReader reader = new TableReader(mapped(file, number, strideBits), blocks, paranoid);
            opened = true;
            return reader;
        } catch (final IndexOutOfBoundsException malformed) {
            throw malformed(file.name(), -1, malformed);
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /** What a table says of itself, without reading more than its end. */
    static TableMeta describe(final Storage storage, final long number) {
        try (ReadFile file = storage.open(FileNames.table(number))) {
            final MappedTable mapped = mapped(file, number, MappedTable.USUAL_STRIDE_BITS);
            final Footer footer = footer(mapped);
            return properties(mapped, footer).meta(mapped.length(), footer.root());
        } catch (final IndexOutOfBoundsException malformed) {
            throw malformed(FileNames.table(number), -1, malformed);
        }
    }

    /**
     * Whether a table that cannot be opened was never finished, as far as its end tells: a crash leaves such a file. A table
     * that has been finished, and damaged since, is told apart unless most of its last bytes are gone.
     */
    public static boolean isUnfinished(final Storage storage, final long number) {
        try (ReadFile file = storage.open(FileNames.table(number))) {
            if (file.length() < FooterDescriptor.LENGTH) {
                return true;
            }
            final byte[] last = new byte[Long.BYTES];
            file.read(file.length() - last.length, ByteBuffer.wrap(last));
            return !FooterDescriptor.isEnd(last);
        }
    }

    private static MappedTable mapped(final ReadFile file, final long number, final int strideBits) {
        if (file.length() < FooterDescriptor.LENGTH) {
            throw new CorruptionException(
                    file.name(), file.length(), "a table cannot be as short as " + file.length() + " bytes");
        }
        return new MappedTable(file, number, strideBits);
    }

    private static Footer footer(final MappedTable file) {
        final long position = file.length() - FooterDescriptor.LENGTH;
        final byte[] bytes = new byte[FooterDescriptor.LENGTH];
        file.window(position, FooterDescriptor.LENGTH).getBytes(file.within(position, FooterDescriptor.LENGTH), bytes);
        final String problem = FooterDescriptor.problem(bytes, position, file.table());
        if (problem != null) {
            throw file.corrupt(position, problem);
        }
        return FooterDescriptor.decode(bytes);
    }

    private UnsafeBuffer indexSection() {
        final UnsafeBuffer section = file.section(footer.index(), "index");
        final long offset = footer.index().offset();
        refuse(file, offset, IndexDescriptor.problem(section, section.capacity(), properties.dataBytes()));
        if (IndexDescriptor.blocks(section) != properties.blocks()
                || FooterDescriptor.align(properties.dataBytes())
                        != footer.filter().offset()) {
            throw file.corrupt(offset, "index, properties and footer do not agree on where the blocks are");
        }
        return section;
    }

    private static TableProperties properties(final MappedTable file, final Footer footer) {
        final UnsafeBuffer section = file.section(footer.properties(), "properties");
        refuse(
                file,
                footer.properties().offset(),
                PropertiesDescriptor.problem(section, section.capacity(), file.table()));
        return PropertiesDescriptor.decode(section);
    }

    private static void refuse(final MappedTable file, final long offset, final String problem) {
        if (problem != null) {
            throw file.corrupt(offset, problem);
        }
    }

    static CorruptionException malformed(
            final String name, final long offset, final IndexOutOfBoundsException malformed) {
        final CorruptionException corruption =
                new CorruptionException(name, offset, "lengths or offsets that lead out of it");
        corruption.initCause(malformed);
        return corruption;
    }

    /** What the file says of itself. */
    public TableMeta meta() {
        return meta;
    }

    /** False if no record has a user key of this {@link org.avccdb.engine.keys.KeyHash}. */
    public boolean mayContain(final long keyHash) {
        return filter == null || FilterDescriptor.mayContain(filter, filterLines, filterProbes, keyHash);
    }

    /** About how many bytes of the file are before this user key; no block is read for it. */
    public long offsetOf(final DirectBuffer key, final int offset, final int length) {
        key.boundsCheck(offset, length);
        final byte[] largest = meta.largestKey();
        if (Keys.compare(new UnsafeBuffer(largest), 0, largest.length, key, offset, length) < 0) {
            return meta.bytes();
        }
        return index.offset(index.find(key, offset, length, Versions.KEY_DELETE, Keys.FIRST_STAMP));
    }

    /**
     * User keys that cut the table into about so many pieces of the same length, ascending; fewer where it has not as many
     * blocks. No block is read for it.
     */
    public List<byte[]> keysThatCut(final int pieces) {
        final List<byte[]> keys = new ArrayList<>();
        int before = 0;
        for (int piece = 1; piece < pieces; piece++) {
            final int block = (int) ((long) index.blocks() * piece / pieces);
            if (block > before) {
                keys.add(index.fenceKey(block));
                before = block;
            }
        }
        return keys;
    }

    /** Takes a reference, unless it has been closed; for those who stay longer than an epoch. */
    public boolean tryRetain() {
        int count = references.get();
        while (count > 0 && !references.compareAndSet(count, count + 1)) {
            count = references.get();
        }
        return count > 0;
    }

    /** Lets go of a reference taken by {@link #tryRetain}; the last one unmaps. */
    public void release() {
        final int left = references.decrementAndGet();
        if (left == 0) {
            loader.free();
            index.free();
            file.close();
        } else if (left < 0) {
            throw new IllegalStateException(file.name() + " is released more often than retained");
        }
    }

    /** Lets go of the opener's reference. No thread may be inside that has none. To be called once. */
    public void close() {
        release();
    }

    /** Reads the whole table and reports all that is wrong with it. */
    public void verifyAll(final Consumer<String> problems) {
        new TableVerifier(this, problems).verify();
    }

    MappedTable file() {
        return file;
    }

    Footer footer() {
        return footer;
    }

    TableProperties properties() {
        return properties;
    }

    BlockIndex index() {
        return index;
    }

    /** What is stored of the hash tree; null if the table has no root. */
    UnsafeBuffer rows() {
        return rows;
    }

    /** Sum of the {@link RecordDigest}s of all records, as the table says. */
    public long digestSum() {
        return properties.digestSum();
    }

    /** Accounts for what is needed to check it. */
    MemoryLedger ledger() {
        return ledger;
    }

    BlockLoader loader() {
        return loader;
    }
}
