package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.HashTree;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableTree;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.RunSummary;

/** A run with its hash. Immutable; who looks into its tables sees to it that they are not closed. */
abstract class ProvenRun {
    private final RunSummary summary;
    private final byte[] hash;

    private ProvenRun(final RunSummary summary, final byte[] hash) {
        this.summary = summary;
        this.hash = hash;
    }

    final RunSummary summary() {
        return summary;
    }

    /** RUN. */
    final byte[] hash() {
        return hash;
    }

    abstract byte[] smallestKey(int table);

    abstract byte[] largestKey(int table);

    /** TABLE of one of its tables. */
    abstract byte[] tableRoot(int table);

    /** The hash tree of a table; that of a stored one is shown by the tree that is passed, until it shows another one. */
    abstract HashTree tree(int table, TableTree shown, LeafHasher hasher);

    /** The hash of a subtree of tables. */
    final void subtree(final LeafHasher hasher, final long from, final long to, final byte[] out, final int outOffset) {
        hasher.tree().start(HashRules.TABLES_TREE);
        for (int i = (int) from; i < to; i++) {
            hasher.tree().add(tableRoot(i), 0);
        }
        hasher.tree().root(out, outOffset);
    }

    /** The first table that has a key at or behind this one; the number of tables where there is none. */
    final int tableFor(final byte[] key) {
        int low = 0;
        int high = summary.tables();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(largestKey(middle), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A part of a memtable. */
    static ProvenRun of(final Part part, final LeafHasher hasher) {
        final RunSummary summary =
                new RunSummary(HashRules.MEMTABLE_RUN, 0, 1, part.summary().maxPutVersion());
        return new PartRun(part, summary, hash(summary, part.root(), hasher));
    }

    /** A table of level 0. */
    static ProvenRun of(final TableFile table, final LeafHasher hasher) {
        final RunSummary summary =
                new RunSummary(HashRules.LEVEL0_RUN, 0, 1, table.meta().maxPutVersion());
        return new StoredRun(
                new TableFile[] {table}, summary, hash(summary, table.meta().root(), hasher));
    }

    /** A level below, which has tables. */
    static ProvenRun of(final Version version, final int level, final LeafHasher hasher) {
        final TableFile[] tables = version.level(level);
        final RunSummary summary =
                new RunSummary(HashRules.LEVEL_RUN, level, tables.length, version.maxPutVersion(level));
        hasher.tree().start(HashRules.TABLES_TREE);
        for (final TableFile table : tables) {
            hasher.tree().add(table.meta().root(), 0);
        }
        final byte[] root = new byte[HASH_LENGTH];
        hasher.tree().root(root, 0);
        return new StoredRun(tables, summary, hash(summary, root, hasher));
    }

    private static byte[] hash(final RunSummary summary, final byte[] tablesRoot, final LeafHasher hasher) {
        final byte[] hash = new byte[HASH_LENGTH];
        hasher.rules().run(summary, tablesRoot, 0, hash, 0);
        return hash;
    }

    private static final class PartRun extends ProvenRun {
        private final Part part;

        PartRun(final Part part, final RunSummary summary, final byte[] hash) {
            super(summary, hash);
            this.part = part;
        }

        @Override
        byte[] smallestKey(final int table) {
            return part.summary().firstKey();
        }

        @Override
        byte[] largestKey(final int table) {
            return part.summary().lastKey();
        }

        @Override
        byte[] tableRoot(final int table) {
            return part.root();
        }

        @Override
        HashTree tree(final int table, final TableTree shown, final LeafHasher hasher) {
            return new PartTree(part, hasher);
        }
    }

    private static final class StoredRun extends ProvenRun {
        private final TableFile[] tables;

        StoredRun(final TableFile[] tables, final RunSummary summary, final byte[] hash) {
            super(summary, hash);
            this.tables = tables;
        }

        @Override
        byte[] smallestKey(final int table) {
            return tables[table].meta().smallestKey();
        }

        @Override
        byte[] largestKey(final int table) {
            return tables[table].meta().largestKey();
        }

        @Override
        byte[] tableRoot(final int table) {
            return tables[table].meta().root();
        }

        @Override
        HashTree tree(final int table, final TableTree shown, final LeafHasher hasher) {
            shown.attach(tables[table].reader());
            return shown;
        }
    }
}
