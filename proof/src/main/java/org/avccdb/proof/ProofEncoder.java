package org.avccdb.proof;

import java.util.Arrays;

/** Writes a proof in its one form. What the proof says is not looked at, beyond what its form needs. Not thread-safe. */
final class ProofEncoder {
    private final ProofWriter out;

    ProofEncoder(final ProofWriter out) {
        this.out = out;
    }

    void encode(final Proof proof) {
        out.writeBytes(ProofDescriptor.magic());
        out.writeByte(ProofDescriptor.FORMAT);
        out.writeByte(proof.kind().code());
        master(proof.master());
        if (proof.kind() == QuestionKind.RANGE) {
            out.writeByte(proof.endKey() == null ? 0 : 1);
            if (proof.endKey() != null) {
                out.writeKey(proof.endKey());
            }
        } else if (proof.endKey() != null) {
            throw new IllegalArgumentException("an end key where no range was asked for");
        }
        final int opened = proof.runs().size();
        out.writeVarint(opened);
        for (int i = 0; i < opened; i++) {
            run(proof.runs().get(i));
        }
        out.writeSiblings(proof.siblings(), proof.master().runs(), 0, opened);
    }

    private void master(final MasterHeader master) {
        if (master.databaseId().length != MasterHeader.DATABASE_ID_LENGTH) {
            throw new IllegalArgumentException("a database id of " + master.databaseId().length + " bytes");
        }
        out.writeBytes(master.databaseId());
        out.writeVarint(master.keyspace());
        out.writeByte(master.versionOrder());
        out.writeVarint(master.lastSequence());
        out.writeVarint(master.runs());
    }

    private void run(final OpenedRun run) {
        out.writeByte(run.summary().kind());
        out.writeByte(run.summary().level());
        out.writeVarint(run.summary().tables());
        out.writeVarint(run.summary().maxPutVersion());
        out.writeVarint(run.olderMaxPutVersion());
        out.writeVarint(run.firstTable());
        final int opened = run.tables().size();
        out.writeVarint(notZero(opened, "a run is opened without any table"));
        for (int i = 0; i < opened; i++) {
            table(run.tables().get(i));
        }
        out.writeSiblings(run.siblings(), run.summary().tables(), run.firstTable(), opened);
    }

    private void table(final OpenedTable table) {
        tableSummary(table.summary());
        final int opened = table.blocks().size();
        out.writeVarint(opened);
        if (opened > 0) {
            out.writeVarint(table.firstBlock());
        }
        for (int i = 0; i < opened; i++) {
            block(table.blocks().get(i));
        }
        out.writeSiblings(table.siblings(), table.summary().blocks(), opened == 0 ? 0 : table.firstBlock(), opened);
    }

    private void tableSummary(final TableSummary summary) {
        out.writeByte(summary.format());
        out.writeVarint(summary.records());
        out.writeVarint(summary.blocks());
        out.writeKey(summary.firstKey());
        out.writeVarint(summary.firstVersion());
        out.writeVarint(summary.firstSequence());
        out.writeKey(summary.lastKey());
        out.writeVarint(summary.lastVersion());
        out.writeVarint(summary.lastSequence());
        out.writeVarint(summary.minSequence());
        out.writeVarint(summary.maxSequence());
        out.writeVarint(summary.maxPutVersion());
        out.writeVarint(summary.keyDeletes());
        out.writeVarint(summary.versionDeletes());
    }

    private void block(final OpenedBlock block) {
        out.writeVarint(block.records());
        out.writeVarint(block.firstLeaf());
        final int opened = block.leaves().size();
        out.writeVarint(notZero(opened, "a block is opened without any leaf"));
        byte[] key = null;
        for (int i = 0; i < opened; i++) {
            leaf(block.leaves().get(i), key);
            key = block.leaves().get(i).key();
        }
        out.writeSiblings(block.siblings(), block.records(), block.firstLeaf(), opened);
    }

    private void leaf(final OpenedLeaf leaf, final byte[] keyBefore) {
        final int type = leaf.type();
        if (type < HashRules.PUT || type > HashRules.VERSION_DELETE) {
            throw new IllegalArgumentException("unknown type of a record: " + type);
        }
        if (type == HashRules.KEY_DELETE && leaf.version() != HashRules.KEY_DELETE_VERSION) {
            throw new IllegalArgumentException("a key-delete with version " + leaf.version());
        }
        if (type != HashRules.PUT && (leaf.valueLength() != 0 || leaf.value().length != 0)) {
            throw new IllegalArgumentException("a delete with a value");
        }
        final boolean isLong = leaf.carriesLongValue();
        if (!isLong && leaf.value().length != OpenedLeaf.shownLength(leaf.valueLength())) {
            throw new IllegalArgumentException(
                    "a value of " + leaf.valueLength() + " bytes, shown by " + leaf.value().length);
        }
        final boolean sameKey = Arrays.equals(leaf.key(), keyBefore);
        out.writeByte(type | (sameKey ? ProofDescriptor.SAME_KEY : 0) | (isLong ? ProofDescriptor.LONG_VALUE : 0));
        if (!sameKey) {
            out.writeKey(leaf.key());
        }
        if (type != HashRules.KEY_DELETE) {
            out.writeVarint(leaf.version());
        }
        out.writeVarint(leaf.sequence());
        if (type == HashRules.PUT) {
            out.writeVarint(leaf.valueLength());
            out.writeBytes(leaf.value());
        }
    }

    private static int notZero(final int opened, final String what) {
        if (opened == 0) {
            throw new IllegalArgumentException(what);
        }
        return opened;
    }
}
