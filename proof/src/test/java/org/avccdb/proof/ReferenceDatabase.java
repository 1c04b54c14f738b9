package org.avccdb.proof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A database in memory as plain lists, with all hashes straight from the rules. It uses nothing of the code under test
 * but the classes of the model.
 */
final class ReferenceDatabase {
    final byte[] databaseId;
    final int versionOrder;
    final long lastSequence;
    /** Newest first. */
    final List<Run> runs;

    ReferenceDatabase(byte[] databaseId, int versionOrder, long lastSequence, List<Run> runs) {
        this.databaseId = databaseId;
        this.versionOrder = versionOrder;
        this.lastSequence = lastSequence;
        this.runs = runs;
    }

    /** Blocks of one table. */
    static final class Block {
        final List<Rec> records;
        private byte[] hash;

        Block(List<Rec> records) {
            this.records = records;
        }

        List<byte[]> leaves() {
            List<byte[]> leaves = new ArrayList<>();
            for (Rec record : records) {
                leaves.add(leafHash(record));
            }
            return leaves;
        }

        byte[] hash() {
            if (hash == null) {
                byte[] root = NaiveTree.root(1, leaves());
                hash = hashOf(out -> {
                    out.writeByte(3);
                    out.writeInt(records.size());
                    out.write(root);
                });
            }
            return hash;
        }
    }

    static final class Table {
        final List<Block> blocks;
        private byte[] hash;

        Table(List<Block> blocks) {
            this.blocks = blocks;
        }

        List<Rec> records() {
            List<Rec> records = new ArrayList<>();
            blocks.forEach(block -> records.addAll(block.records));
            return records;
        }

        List<byte[]> blockHashes() {
            List<byte[]> hashes = new ArrayList<>();
            blocks.forEach(block -> hashes.add(block.hash()));
            return hashes;
        }

        TableSummary summary() {
            List<Rec> records = records();
            Rec first = records.get(0);
            Rec last = records.get(records.size() - 1);
            long minSequence = Long.MAX_VALUE;
            long maxSequence = 0;
            long keyDeletes = 0;
            long versionDeletes = 0;
            for (Rec record : records) {
                minSequence = Math.min(minSequence, record.sequence);
                maxSequence = Math.max(maxSequence, record.sequence);
                keyDeletes += record.type == 2 ? 1 : 0;
                versionDeletes += record.type == 3 ? 1 : 0;
            }
            return new TableSummary(
                    1,
                    records.size(),
                    blocks.size(),
                    first.key,
                    first.version,
                    first.sequence,
                    last.key,
                    last.version,
                    last.sequence,
                    minSequence,
                    maxSequence,
                    maxPutVersion(records),
                    keyDeletes,
                    versionDeletes);
        }

        byte[] hash() {
            if (hash == null) {
                TableSummary s = summary();
                hash = hashOf(out -> {
                    out.writeByte(4);
                    out.writeByte(s.format());
                    out.writeLong(s.records());
                    out.writeInt(s.blocks());
                    out.writeInt(s.firstKey().length);
                    out.write(s.firstKey());
                    out.writeLong(s.firstVersion());
                    out.writeLong(s.firstSequence());
                    out.writeInt(s.lastKey().length);
                    out.write(s.lastKey());
                    out.writeLong(s.lastVersion());
                    out.writeLong(s.lastSequence());
                    out.writeLong(s.minSequence());
                    out.writeLong(s.maxSequence());
                    out.writeLong(s.maxPutVersion());
                    out.writeLong(s.keyDeletes());
                    out.writeLong(s.versionDeletes());
                    out.write(NaiveTree.root(2, blockHashes()));
                });
            }
            return hash;
        }
    }

    static final class Run {
        final int kind;
        final int level;
        final List<Table> tables;

        Run(int kind, int level, List<Table> tables) {
            this.kind = kind;
            this.level = level;
            this.tables = tables;
        }

        List<Rec> records() {
            List<Rec> records = new ArrayList<>();
            tables.forEach(table -> records.addAll(table.records()));
            return records;
        }

        RunSummary summary() {
            return new RunSummary(kind, level, tables.size(), maxPutVersion(records()));
        }

        List<byte[]> tableHashes() {
            List<byte[]> hashes = new ArrayList<>();
            tables.forEach(table -> hashes.add(table.hash()));
            return hashes;
        }

        byte[] hash() {
            RunSummary s = summary();
            return hashOf(out -> {
                out.writeByte(5);
                out.writeByte(s.kind());
                out.writeByte(s.level());
                out.writeInt(s.tables());
                out.writeLong(s.maxPutVersion());
                out.write(NaiveTree.root(3, tableHashes()));
            });
        }
    }

    MasterHeader header() {
        return new MasterHeader(databaseId, 0, versionOrder, lastSequence, runs.size());
    }

    long olderMaxPutVersion(int run) {
        long max = 0;
        for (int i = run + 1; i < runs.size(); i++) {
            max = Math.max(max, maxPutVersion(runs.get(i).records()));
        }
        return max;
    }

    List<byte[]> runLeaves() {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            byte[] run = runs.get(i).hash();
            long older = olderMaxPutVersion(i);
            leaves.add(hashOf(out -> {
                out.writeByte(6);
                out.write(run);
                out.writeLong(older);
            }));
        }
        return leaves;
    }

    MasterRoot root() {
        return MasterRoot.of(hashOf(out -> {
            out.writeByte(7);
            out.writeByte(1);
            out.write(databaseId);
            out.writeInt(0);
            out.writeByte(versionOrder);
            out.writeLong(lastSequence);
            out.writeInt(runs.size());
            out.write(NaiveTree.root(4, runLeaves()));
        }));
    }

    static long maxPutVersion(List<Rec> records) {
        return records.stream()
                .filter(Rec::isPut)
                .mapToLong(r -> r.version)
                .max()
                .orElse(0);
    }

    static byte[] leafHash(Rec record) {
        return hashOf(out -> {
            out.writeByte(0);
            out.writeByte(record.type);
            out.writeInt(0);
            out.writeInt(record.key.length);
            out.write(record.key);
            out.writeLong(record.version);
            out.writeLong(record.sequence);
            out.writeInt(record.value.length);
            out.write(record.value.length <= 32 ? record.value : NaiveTree.sha256(new byte[] {2}, record.value));
        });
    }

    @FunctionalInterface
    private interface Preimage {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] hashOf(Preimage preimage) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            preimage.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return NaiveTree.sha256(bytes.toByteArray());
    }
}
