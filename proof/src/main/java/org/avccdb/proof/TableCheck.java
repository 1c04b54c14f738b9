package org.avccdb.proof;

import java.util.List;

/** Whether what a proof shows of a table agrees with the table's header, and with itself. */
final class TableCheck {
    private TableCheck() {}

    static void check(final OpenedTable table) {
        checkHeader(table.summary());
        if (!table.isHeaderOnly()) {
            checkCounts(table);
            checkLeaves(table);
        }
    }

    private static void checkHeader(final TableSummary header) {
        if (header.format() != HashRules.TABLE_FORMAT) {
            throw new ProofRejectedException("unknown format of a table: " + header.format());
        }
        if (header.blocks() < 1 || header.records() < header.blocks()) {
            throw new ProofRejectedException(
                    "a table has " + header.records() + " records in " + header.blocks() + " blocks");
        }
        if (header.keyDeletes() > header.records()
                || header.versionDeletes() > header.records() - header.keyDeletes()) {
            throw new ProofRejectedException("a table has more deletes than records");
        }
        if (!isWithin(header.firstSequence(), header) || !isWithin(header.lastSequence(), header)) {
            throw new ProofRejectedException("a table's edge is outside its sequence numbers");
        }
        final int order = RecordOrder.compareFirstToLast(header);
        if (header.records() == 1 ? order != 0 : order >= 0) {
            throw new ProofRejectedException("a table's first and last record are not in order");
        }
    }

    private static boolean isWithin(final long sequence, final TableSummary header) {
        return sequence >= header.minSequence() && sequence <= header.maxSequence();
    }

    /** Blocks that are not opened have at least one record each. */
    private static void checkCounts(final OpenedTable table) {
        final TableSummary header = table.summary();
        long records = 0;
        for (final OpenedBlock block : table.blocks()) {
            records += block.records();
        }
        final int closed = header.blocks() - table.blocks().size();
        if (closed == 0 ? records != header.records() : records > header.records() - closed) {
            throw new ProofRejectedException("a table's blocks do not have as many records as the table");
        }
    }

    private static void checkLeaves(final OpenedTable table) {
        final TableSummary header = table.summary();
        final List<OpenedBlock> blocks = table.blocks();
        OpenedLeaf before = null;
        long keyDeletes = 0;
        long versionDeletes = 0;
        for (int i = 0; i < blocks.size(); i++) {
            final OpenedBlock block = blocks.get(i);
            if ((i > 0 && block.firstLeaf() != 0) || (i < blocks.size() - 1 && !endsAtLastLeaf(block))) {
                throw new ProofRejectedException("there is a gap between two blocks");
            }
            for (final OpenedLeaf leaf : block.leaves()) {
                checkLeaf(leaf, header);
                if (before != null && RecordOrder.compare(before, leaf) >= 0) {
                    throw new ProofRejectedException("records are not in order");
                }
                keyDeletes += leaf.type() == HashRules.KEY_DELETE ? 1 : 0;
                versionDeletes += leaf.type() == HashRules.VERSION_DELETE ? 1 : 0;
                before = leaf;
            }
        }
        if (keyDeletes > header.keyDeletes() || versionDeletes > header.versionDeletes()) {
            throw new ProofRejectedException("a table shows more deletes than it has");
        }
        checkEdges(table, before);
    }

    private static void checkLeaf(final OpenedLeaf leaf, final TableSummary header) {
        if (!isWithin(leaf.sequence(), header)) {
            throw new ProofRejectedException("a record is outside its table's sequence numbers");
        }
        if (leaf.type() == HashRules.PUT && leaf.version() > header.maxPutVersion()) {
            throw new ProofRejectedException("a put has a higher version than its table says");
        }
        if ((leaf.type() == HashRules.KEY_DELETE) != (leaf.version() == HashRules.KEY_DELETE_VERSION)) {
            throw new ProofRejectedException("only key-deletes have version " + leaf.version());
        }
    }

    /** The header's edges are the records at the ends; all others are between them. */
    private static void checkEdges(final OpenedTable table, final OpenedLeaf last) {
        final OpenedLeaf first = table.blocks().get(0).leaves().get(0);
        final int toFirst = RecordOrder.compareToFirst(first, table.summary());
        if (StructureCheck.startsAtFirstRecord(table) ? toFirst != 0 : toFirst <= 0) {
            throw new ProofRejectedException("a table's first record is not that of its header");
        }
        final int toLast = RecordOrder.compareToLast(last, table.summary());
        if (StructureCheck.endsAtLastRecord(table) ? toLast != 0 : toLast >= 0) {
            throw new ProofRejectedException("a table's last record is not that of its header");
        }
    }

    static boolean endsAtLastLeaf(final OpenedBlock block) {
        return block.firstLeaf() + block.leaves().size() == block.records();
    }
}
