package org.avccdb.proof;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The hash rules, one method each; FORMAT.md of this module has them as a table. Every rule begins with a byte of its own
 * and binds every length and count, so that no hash can be read in two ways. Each method writes 32 bytes to {@code out}
 * at {@code outOffset}; the output may overlap the input.
 *
 * <p>A pre-image is put together in one array and hashed by one call, because calls cost as much as the hash of
 * something small; only a long value is not copied. Nothing is allocated but room for a key longer than all before it.
 *
 * <p>Not thread-safe: one instance for each thread.
 */
public final class HashRules {
    /** Bytes of a hash. */
    public static final int HASH_LENGTH = 32;
    /** Values up to this length stand in their leaf themselves, longer ones by their hash. */
    public static final int MAX_INLINE_VALUE = 32;

    /** The only algorithm there is: SHA-256 by these rules. */
    public static final int ALGORITHM = 1;
    /** The only format of a table's summary there is. */
    public static final int TABLE_FORMAT = 1;

    /** Type of a record that has a value. */
    public static final int PUT = 1;
    /** Type of a record that hides all older records of its key. Its version is {@link #KEY_DELETE_VERSION}. */
    public static final int KEY_DELETE = 2;
    /** Type of a record that hides the older records of its key and version. */
    public static final int VERSION_DELETE = 3;
    /** The version of key-deletes, so that they sort before all else of their key. */
    public static final long KEY_DELETE_VERSION = Long.MAX_VALUE;

    /** Tree over the leaves of a block. */
    public static final int LEAVES_TREE = 1;
    /** Tree over the blocks of a table. */
    public static final int BLOCKS_TREE = 2;
    /** Tree over the tables of a run. */
    public static final int TABLES_TREE = 3;
    /** Tree over the runs of a database. */
    public static final int RUNS_TREE = 4;

    /** Run that is a sorted part of a memtable. */
    public static final int MEMTABLE_RUN = 1;
    /** Run that is a table of level 0. */
    public static final int LEVEL0_RUN = 2;
    /** Run that is a level. */
    public static final int LEVEL_RUN = 3;

    /** Version order of a database that takes any version at any time. */
    public static final int ARBITRARY_ORDER = 0;
    /** Version order of a database whose versions never go down. */
    public static final int MONOTONE_ORDER = 1;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;
    private static final byte VALUE = 0x02;
    private static final byte BLOCK = 0x03;
    private static final byte TABLE = 0x04;
    private static final byte RUN = 0x05;
    private static final byte MASTER_LEAF = 0x06;
    private static final byte MASTER = 0x07;
    private static final byte EMPTY = 0x0A;

    /** What a leaf or a table has beside its keys and value, at most. */
    private static final int FIXED_PART = 160;
    /** Longer values are not copied into the pre-image. */
    private static final int MAX_COPIED_VALUE = 1024;

    private final MessageDigest sha256;
    private byte[] preimage = new byte[FIXED_PART + MAX_COPIED_VALUE];
    /** Big-endian numbers in the pre-image. */
    private ByteBuffer numbers = ByteBuffer.wrap(preimage);

    private int length;

    /** Rules for one thread. */
    public HashRules() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * VALUE of a value of more than {@link #MAX_INLINE_VALUE} bytes.
     *
     * @param value holds the value
     * @param offset where it begins
     * @param valueLength its length
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void value(
            final byte[] value, final int offset, final int valueLength, final byte[] out, final int outOffset) {
        if (valueLength <= MAX_INLINE_VALUE) {
            throw new IllegalArgumentException("a value of " + valueLength + " bytes is not hashed");
        }
        begin(VALUE);
        if (valueLength <= MAX_COPIED_VALUE) {
            addBytes(value, offset, valueLength);
        } else {
            sha256.update(preimage, 0, length);
            sha256.update(value, offset, valueLength);
            length = 0;
        }
        finish(out, outOffset);
    }

    /** Begins VALUE of a value that comes in pieces; until {@link #endValue} nothing else may be asked. */
    public void beginValue() {
        sha256.update(VALUE);
    }

    /**
     * Adds a piece of the value.
     *
     * @param piece holds it
     * @param offset where it begins
     * @param pieceLength its length
     */
    public void addToValue(final byte[] piece, final int offset, final int pieceLength) {
        sha256.update(piece, offset, pieceLength);
    }

    /**
     * Ends VALUE, of more than {@link #MAX_INLINE_VALUE} bytes in all.
     *
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void endValue(final byte[] out, final int outOffset) {
        length = 0;
        finish(out, outOffset);
    }

    /**
     * LEAF of a record whose value is at hand.
     *
     * @param type of the record
     * @param keyspace of the record
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version of the record
     * @param sequence of the record
     * @param value holds the whole value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void leaf(
            final int type,
            final int keyspace,
            final byte[] key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long sequence,
            final byte[] value,
            final int valueOffset,
            final int valueLength,
            final byte[] out,
            final int outOffset) {
        if (valueLength > MAX_INLINE_VALUE) {
            value(value, valueOffset, valueLength, out, outOffset);
            leafOfDigest(
                    type,
                    keyspace,
                    key,
                    keyOffset,
                    keyLength,
                    version,
                    sequence,
                    valueLength,
                    out,
                    outOffset,
                    out,
                    outOffset);
            return;
        }
        beginLeaf(type, keyspace, key, keyOffset, keyLength, version, sequence, valueLength);
        addBytes(value, valueOffset, valueLength);
        finish(out, outOffset);
    }

    /**
     * LEAF of a record whose value is longer than {@link #MAX_INLINE_VALUE} bytes, from the value's hash.
     *
     * @param type of the record
     * @param keyspace of the record
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version of the record
     * @param sequence of the record
     * @param valueLength the length of the value, not of its hash
     * @param digest holds VALUE
     * @param digestOffset where it begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void leafOfDigest(
            final int type,
            final int keyspace,
            final byte[] key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long sequence,
            final int valueLength,
            final byte[] digest,
            final int digestOffset,
            final byte[] out,
            final int outOffset) {
        if (valueLength <= MAX_INLINE_VALUE) {
            throw new IllegalArgumentException("a value of " + valueLength + " bytes is not hashed");
        }
        beginLeaf(type, keyspace, key, keyOffset, keyLength, version, sequence, valueLength);
        addHash(digest, digestOffset);
        finish(out, outOffset);
    }

    private void beginLeaf(
            final int type,
            final int keyspace,
            final byte[] key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long sequence,
            final int valueLength) {
        begin(LEAF);
        makeRoom(keyLength);
        addByte(type);
        addInt(keyspace);
        addRecord(key, keyOffset, keyLength, version, sequence);
        addInt(valueLength);
    }

    /**
     * NODE.
     *
     * @param treeKind of the tree
     * @param left holds the left child
     * @param leftOffset where it begins
     * @param right holds the right child
     * @param rightOffset where it begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void node(
            final int treeKind,
            final byte[] left,
            final int leftOffset,
            final byte[] right,
            final int rightOffset,
            final byte[] out,
            final int outOffset) {
        begin(NODE);
        addByte(treeKind);
        addHash(left, leftOffset);
        addHash(right, rightOffset);
        finish(out, outOffset);
    }

    /**
     * BLOCK.
     *
     * @param records how many the block has
     * @param leavesRoot holds the root of the tree of its leaves
     * @param offset where that begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void block(
            final int records, final byte[] leavesRoot, final int offset, final byte[] out, final int outOffset) {
        begin(BLOCK);
        addInt(records);
        addHash(leavesRoot, offset);
        finish(out, outOffset);
    }

    /**
     * TABLE.
     *
     * @param table what is bound beside the blocks
     * @param blocksRoot holds the root of the tree of its blocks
     * @param offset where that begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void table(
            final TableSummary table,
            final byte[] blocksRoot,
            final int offset,
            final byte[] out,
            final int outOffset) {
        begin(TABLE);
        final byte[] first = table.firstKey();
        final byte[] last = table.lastKey();
        makeRoom(first.length + last.length);
        addByte(table.format());
        addLong(table.records());
        addInt(table.blocks());
        addRecord(first, 0, first.length, table.firstVersion(), table.firstSequence());
        addRecord(last, 0, last.length, table.lastVersion(), table.lastSequence());
        addLong(table.minSequence());
        addLong(table.maxSequence());
        addLong(table.maxPutVersion());
        addLong(table.keyDeletes());
        addLong(table.versionDeletes());
        addHash(blocksRoot, offset);
        finish(out, outOffset);
    }

    /**
     * RUN.
     *
     * @param run what is bound beside the tables
     * @param tablesRoot holds the root of the tree of its tables
     * @param offset where that begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void run(
            final RunSummary run, final byte[] tablesRoot, final int offset, final byte[] out, final int outOffset) {
        begin(RUN);
        addByte(run.kind());
        addByte(run.level());
        addInt(run.tables());
        addLong(run.maxPutVersion());
        addHash(tablesRoot, offset);
        finish(out, outOffset);
    }

    /**
     * MLEAF, by which a run stands in the tree of runs.
     *
     * @param run holds RUN
     * @param offset where that begins
     * @param olderMaxPutVersion the highest put version of all older runs, 0 if there is none
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void runLeaf(
            final byte[] run, final int offset, final long olderMaxPutVersion, final byte[] out, final int outOffset) {
        begin(MASTER_LEAF);
        addHash(run, offset);
        addLong(olderMaxPutVersion);
        finish(out, outOffset);
    }

    /**
     * MASTER, the root of all.
     *
     * @param header what is bound beside the runs
     * @param runsRoot holds the root of the tree of runs
     * @param offset where that begins
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void master(
            final MasterHeader header, final byte[] runsRoot, final int offset, final byte[] out, final int outOffset) {
        begin(MASTER);
        addByte(ALGORITHM);
        addBytes(header.databaseId(), 0, MasterHeader.DATABASE_ID_LENGTH);
        addInt(header.keyspace());
        addByte(header.versionOrder());
        addLong(header.lastSequence());
        addInt(header.runs());
        addHash(runsRoot, offset);
        finish(out, outOffset);
    }

    /**
     * EMPTY, the root of a tree without leaves.
     *
     * @param treeKind of the tree
     * @param out takes the hash
     * @param outOffset where in it
     */
    public void empty(final int treeKind, final byte[] out, final int outOffset) {
        begin(EMPTY);
        addByte(treeKind);
        finish(out, outOffset);
    }

    private void addRecord(
            final byte[] key, final int offset, final int keyLength, final long version, final long sequence) {
        addInt(keyLength);
        addBytes(key, offset, keyLength);
        addLong(version);
        addLong(sequence);
    }

    private void begin(final byte rule) {
        preimage[0] = rule;
        length = 1;
    }

    /** The fixed part always has room; keys are what it must be made for. */
    private void makeRoom(final int keyBytes) {
        if (FIXED_PART + keyBytes > preimage.length) {
            preimage = Arrays.copyOf(preimage, FIXED_PART + keyBytes);
            numbers = ByteBuffer.wrap(preimage);
        }
    }

    private void addByte(final int value) {
        preimage[length++] = (byte) value;
    }

    private void addInt(final int value) {
        numbers.putInt(length, value);
        length += Integer.BYTES;
    }

    private void addLong(final long value) {
        numbers.putLong(length, value);
        length += Long.BYTES;
    }

    private void addHash(final byte[] hash, final int offset) {
        addBytes(hash, offset, HASH_LENGTH);
    }

    private void addBytes(final byte[] bytes, final int offset, final int count) {
        System.arraycopy(bytes, offset, preimage, length, count);
        length += count;
    }

    private void finish(final byte[] out, final int outOffset) {
        try {
            sha256.update(preimage, 0, length);
            sha256.digest(out, outOffset, HASH_LENGTH);
        } catch (final DigestException e) {
            throw new IllegalArgumentException("no room for a hash at " + outOffset, e);
        }
    }
}
