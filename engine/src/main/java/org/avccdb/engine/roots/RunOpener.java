package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.avccdb.engine.table.HashTree;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.engine.table.TableTree;
import org.avccdb.proof.OpenedBlock;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.OpenedRun;
import org.avccdb.proof.OpenedTable;
import org.avccdb.proof.TableSummary;

/**
 * Opens a run for a proof: what is in a {@link Window}, and one record on each side of it. A table of which only that one
 * record would be shown is shown by its header, which binds its first and last record. One thread uses it.
 */
final class RunOpener {
    private final LeafHasher hasher;
    private final TableTree shown;
    private final Answers answers;
    private final Window window;
    private final ProvenRun run;
    private final Consumer<OpenedLeaf> inside;
    private final List<OpenedTable> tables = new ArrayList<>();

    /**
     * For one run.
     *
     * @param answers gives the values that the proof is to show
     * @param inside is told of each record in the window
     */
    RunOpener(
            final LeafHasher hasher,
            final TableTree shown,
            final ProvenRun run,
            final Window window,
            final Answers answers,
            final Consumer<OpenedLeaf> inside) {
        this.hasher = hasher;
        this.shown = shown;
        this.run = run;
        this.window = window;
        this.answers = answers;
        this.inside = inside;
    }

    OpenedRun open(final long olderMaxPutVersion) {
        final int count = run.summary().tables();
        int table = run.tableFor(window.from());
        int first = table;
        boolean goesOn = true;
        if (table == count) {
            first = count - 1;
            showHeader(first);
            goesOn = false;
        } else {
            final HashTree tree = run.tree(table, shown, hasher);
            final long head = tree.find(window.from());
            if (head == 0 && table > 0) {
                first = table - 1;
                showHeader(first);
            }
            goesOn = show(run.tree(table, shown, hasher), head);
            table++;
        }
        while (goesOn && table < count) {
            goesOn = show(run.tree(table, shown, hasher), 0);
            table++;
        }
        return new OpenedRun(
                run.summary(),
                olderMaxPutVersion,
                first,
                tables,
                Siblings.of(
                        count, first, first + tables.size(), (from, to, out) -> run.subtree(hasher, from, to, out, 0)));
    }

    private void showHeader(final int table) {
        showHeader(run.tree(table, shown, hasher));
    }

    private void showHeader(final HashTree tree) {
        final byte[] root = new byte[HASH_LENGTH];
        tree.subtree(0, tree.summary().blocks(), root, 0);
        tables.add(OpenedTable.headerOnly(tree.summary(), root, 0));
    }

    /**
     * Shows what there is of a table, from its first record that is not before the window on, and the one before that.
     *
     * @return whether the window may go on in the next table
     */
    private boolean show(final HashTree tree, final long head) {
        final TableSummary summary = tree.summary();
        if (head == 0 && !window.holds(summary.firstKey(), summary.firstVersion())) {
            showHeader(tree);
            return false;
        }
        int block = (int) (head >>> Integer.SIZE);
        int leaf = (int) head;
        int firstShown = leaf - 1;
        final List<OpenedBlock> blocks = new ArrayList<>();
        int firstBlock = block;
        if (head != 0 && leaf == 0) {
            firstBlock = block - 1;
            final int last = tree.records(firstBlock) - 1;
            blocks.add(block(tree, firstBlock, last, List.of(tree.leaf(firstBlock, last))));
            firstShown = 0;
        }
        boolean goesOn = true;
        for (; goesOn && block < summary.blocks(); block++) {
            final List<OpenedLeaf> leaves = new ArrayList<>();
            final int from = Math.max(0, firstShown);
            if (from < leaf) {
                leaves.add(tree.leaf(block, from));
            }
            final int records = tree.records(block);
            for (; goesOn && leaf < records; leaf++) {
                final OpenedLeaf record = tree.leaf(block, leaf);
                goesOn = window.holds(record.key(), record.version());
                leaves.add(goesOn ? answers.complete(record) : record);
                if (goesOn) {
                    inside.accept(record);
                }
            }
            blocks.add(block(tree, block, from, leaves));
            leaf = 0;
            firstShown = 0;
        }
        final HashTree again = tree;
        tables.add(new OpenedTable(
                summary,
                firstBlock,
                blocks,
                Siblings.of(
                        summary.blocks(),
                        firstBlock,
                        firstBlock + blocks.size(),
                        (from, to, out) -> again.subtree(from, to, out, 0))));
        return goesOn;
    }

    private static OpenedBlock block(
            final HashTree tree, final int block, final int firstLeaf, final List<OpenedLeaf> leaves) {
        final int records = tree.records(block);
        return new OpenedBlock(
                records,
                firstLeaf,
                leaves,
                Siblings.of(
                        records,
                        firstLeaf,
                        firstLeaf + leaves.size(),
                        (from, to, out) -> tree.leaves(block, from, to, out, 0)));
    }
}
