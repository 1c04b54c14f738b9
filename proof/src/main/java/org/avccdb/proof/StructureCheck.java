package org.avccdb.proof;

import static org.avccdb.proof.HashRules.KEY_DELETE_VERSION;

import java.util.List;

/**
 * Whether the parts of a proof agree with each other, whatever was asked: counts, indices, bounds, and the order of
 * records and tables. What stands in a run must follow each other without gaps.
 */
final class StructureCheck {
    private StructureCheck() {}

    static void check(final Proof proof) {
        final MasterHeader master = proof.master();
        if (master.versionOrder() > HashRules.MONOTONE_ORDER) {
            throw new ProofRejectedException("unknown version order: " + master.versionOrder());
        }
        if (master.lastSequence() > ProofDescriptor.MAX_SEQUENCE) {
            throw new ProofRejectedException("sequence numbers are smaller than " + master.lastSequence());
        }
        long maxPutVersion = KEY_DELETE_VERSION - 1;
        for (int i = 0; i < proof.runs().size(); i++) {
            final OpenedRun run = proof.runs().get(i);
            if (run.summary().maxPutVersion() > maxPutVersion || run.olderMaxPutVersion() > maxPutVersion) {
                throw new ProofRejectedException(
                        "run " + i + " or an older one has a higher put version than a newer run says");
            }
            maxPutVersion = run.olderMaxPutVersion();
            if (i == master.runs() - 1 && maxPutVersion != 0) {
                throw new ProofRejectedException("behind the last run there is no put version " + maxPutVersion);
            }
            checkRun(run, master.lastSequence());
        }
    }

    private static void checkRun(final OpenedRun run, final long lastSequence) {
        final RunSummary summary = run.summary();
        if (summary.kind() < HashRules.MEMTABLE_RUN || summary.kind() > HashRules.LEVEL_RUN) {
            throw new ProofRejectedException("unknown kind of a run: " + summary.kind());
        }
        final List<OpenedTable> tables = run.tables();
        TableSummary before = null;
        for (int i = 0; i < tables.size(); i++) {
            final OpenedTable table = tables.get(i);
            final TableSummary header = table.summary();
            if (header.maxSequence() > lastSequence) {
                throw new ProofRejectedException("a table has sequence numbers above the last one");
            }
            if (header.maxPutVersion() > summary.maxPutVersion()) {
                throw new ProofRejectedException("a table has a higher put version than its run");
            }
            if (before != null && RecordOrder.compareKeys(before.lastKey(), header.firstKey()) >= 0) {
                throw new ProofRejectedException("tables are not in order, or cut within a key");
            }
            TableCheck.check(table);
            checkNoGap(table, i > 0, i < tables.size() - 1);
            before = header;
        }
    }

    /** A table with neighbours on both sides is opened as a whole; one with a neighbour on one side, up to that side. */
    private static void checkNoGap(final OpenedTable table, final boolean fromStart, final boolean toEnd) {
        if (table.isHeaderOnly()) {
            if (fromStart && toEnd) {
                throw new ProofRejectedException("a table in the middle is shown by its header only");
            }
            return;
        }
        if (fromStart && !startsAtFirstRecord(table)) {
            throw new ProofRejectedException(
                    "there is a gap between two tables: the second is not opened from its start");
        }
        if (toEnd && !endsAtLastRecord(table)) {
            throw new ProofRejectedException("there is a gap between two tables: the first is not opened to its end");
        }
    }

    /** Whether an opened table shows its first record as a leaf. */
    static boolean startsAtFirstRecord(final OpenedTable table) {
        return table.firstBlock() == 0 && table.blocks().get(0).firstLeaf() == 0;
    }

    /** Whether an opened table shows its last record as a leaf. */
    static boolean endsAtLastRecord(final OpenedTable table) {
        final int opened = table.blocks().size();
        return table.firstBlock() + opened == table.summary().blocks()
                && TableCheck.endsAtLastLeaf(table.blocks().get(opened - 1));
    }
}
