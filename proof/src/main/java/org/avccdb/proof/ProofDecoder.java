package org.avccdb.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a proof in its one form. Whatever the bytes are, its memory and time stay in proportion to their number. What the
 * proof says is not looked at, beyond what its form needs. Not thread-safe.
 */
final class ProofDecoder {
    private static final byte[] NO_VALUE = {};

    private final ProofReader in;

    ProofDecoder(final byte[] bytes) {
        in = new ProofReader(bytes);
    }

    Proof decode() {
        if (!ProofDescriptor.isMagic(in.readBytes(ProofDescriptor.magicLength()))) {
            throw new ProofRejectedException("this is no proof");
        }
        final int format = in.readByte();
        if (format != ProofDescriptor.FORMAT) {
            throw new ProofRejectedException("unknown format of a proof: " + format);
        }
        final int code = in.readByte();
        final QuestionKind kind = QuestionKind.ofCode(code);
        if (kind == null) {
            throw new ProofRejectedException("unknown kind of question: " + code);
        }
        final MasterHeader master = master();
        final byte[] endKey = kind == QuestionKind.RANGE ? endKey() : null;
        final int opened = in.readCount("runs", ProofDescriptor.MIN_RUN_LENGTH);
        final List<OpenedRun> runs = new ArrayList<>(opened);
        for (int i = 0; i < opened; i++) {
            runs.add(run());
        }
        final HashList siblings = in.readSiblings(master.runs(), 0, opened, "run");
        if (in.remaining() != 0) {
            throw new ProofRejectedException("bytes are left over behind the proof: " + in.remaining());
        }
        return new Proof(kind, master, runs, siblings, endKey);
    }

    private MasterHeader master() {
        final byte[] databaseId = in.readBytes(MasterHeader.DATABASE_ID_LENGTH);
        final int keyspace = in.readInt("the keyspace");
        final int versionOrder = in.readByte();
        final long lastSequence = in.readVarint();
        return new MasterHeader(databaseId, keyspace, versionOrder, lastSequence, in.readInt("the number of runs"));
    }

    private byte[] endKey() {
        final int present = in.readByte();
        if (present > 1) {
            throw new ProofRejectedException("neither an end key nor none: " + present);
        }
        return present == 1 ? in.readKey() : null;
    }

    private OpenedRun run() {
        final int kind = in.readByte();
        final int level = in.readByte();
        final int tables = in.readInt("the number of tables");
        final RunSummary summary = new RunSummary(kind, level, tables, in.readVarint());
        final long olderMaxPutVersion = in.readVarint();
        final int first = in.readInt("the index of a table");
        final int opened = in.readCount("tables", ProofDescriptor.MIN_TABLE_LENGTH);
        if (opened == 0) {
            throw new ProofRejectedException("a run is opened without any table");
        }
        final List<OpenedTable> list = new ArrayList<>(opened);
        for (int i = 0; i < opened; i++) {
            list.add(table());
        }
        return new OpenedRun(summary, olderMaxPutVersion, first, list, in.readSiblings(tables, first, opened, "table"));
    }

    private OpenedTable table() {
        final TableSummary summary = tableSummary();
        final int opened = in.readCount("blocks", ProofDescriptor.MIN_BLOCK_LENGTH);
        final int first = opened == 0 ? 0 : in.readInt("the index of a block");
        final List<OpenedBlock> blocks = new ArrayList<>(opened);
        for (int i = 0; i < opened; i++) {
            blocks.add(block());
        }
        return new OpenedTable(summary, first, blocks, in.readSiblings(summary.blocks(), first, opened, "block"));
    }

    private TableSummary tableSummary() {
        final int format = in.readByte();
        final long records = in.readVarint();
        final int blocks = in.readInt("the number of blocks");
        final byte[] firstKey = in.readKey();
        final long firstVersion = in.readVarint();
        final long firstSequence = in.readVarint();
        final byte[] lastKey = in.readKey();
        final long lastVersion = in.readVarint();
        final long lastSequence = in.readVarint();
        final long minSequence = in.readVarint();
        final long maxSequence = in.readVarint();
        final long maxPutVersion = in.readVarint();
        final long keyDeletes = in.readVarint();
        final long versionDeletes = in.readVarint();
        return new TableSummary(
                format,
                records,
                blocks,
                firstKey,
                firstVersion,
                firstSequence,
                lastKey,
                lastVersion,
                lastSequence,
                minSequence,
                maxSequence,
                maxPutVersion,
                keyDeletes,
                versionDeletes);
    }

    private OpenedBlock block() {
        final int records = in.readInt("the number of records");
        final int first = in.readInt("the index of a leaf");
        final int opened = in.readCount("leaves", ProofDescriptor.MIN_LEAF_LENGTH);
        if (opened == 0) {
            throw new ProofRejectedException("a block is opened without any leaf");
        }
        final List<OpenedLeaf> leaves = new ArrayList<>(opened);
        byte[] key = null;
        for (int i = 0; i < opened; i++) {
            final OpenedLeaf leaf = leaf(key);
            key = leaf.key();
            leaves.add(leaf);
        }
        return new OpenedBlock(records, first, leaves, in.readSiblings(records, first, opened, "leaf"));
    }

    /** Leaves of one key share its array, or a long key with many versions would take far more memory than the proof. */
    private OpenedLeaf leaf(final byte[] keyBefore) {
        final int flags = in.readByte();
        final int type = flags & ProofDescriptor.TYPE_MASK;
        if (type == 0 || (flags & ~ProofDescriptor.KNOWN_FLAGS) != 0) {
            throw new ProofRejectedException("unknown flags of a leaf: " + flags);
        }
        final byte[] key = leafKey((flags & ProofDescriptor.SAME_KEY) != 0, keyBefore);
        final long version = type == HashRules.KEY_DELETE ? HashRules.KEY_DELETE_VERSION : in.readVarint();
        final long sequence = in.readVarint();
        final boolean isLong = (flags & ProofDescriptor.LONG_VALUE) != 0;
        if (type != HashRules.PUT) {
            if (isLong) {
                throw new ProofRejectedException("a delete with a value");
            }
            return new OpenedLeaf(type, key, version, sequence, 0, NO_VALUE);
        }
        final int valueLength = in.readInt("the length of a value");
        if (isLong && valueLength <= HashRules.MAX_INLINE_VALUE) {
            throw new ProofRejectedException("a short value is marked as a long one");
        }
        final byte[] value = in.readBytes(isLong ? valueLength : OpenedLeaf.shownLength(valueLength));
        return new OpenedLeaf(type, key, version, sequence, valueLength, value);
    }

    private byte[] leafKey(final boolean same, final byte[] keyBefore) {
        if (same) {
            if (keyBefore == null) {
                throw new ProofRejectedException("the first leaf of a block has no key");
            }
            return keyBefore;
        }
        final byte[] key = in.readKey();
        if (keyBefore != null && Arrays.equals(key, keyBefore)) {
            throw new ProofRejectedException("a key is repeated");
        }
        return key;
    }
}
