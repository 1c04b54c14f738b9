package org.avccdb.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Forgeries made of parts of honest proofs. */
final class Splices {
    private Splices() {}

    /** All proofs that have one part of the donor in the place of one of their own. */
    static List<Proof> of(Proof proof, Proof donor) {
        List<Proof> spliced = new ArrayList<>();
        spliced.add(new Proof(proof.kind(), donor.master(), proof.runs(), proof.siblings(), proof.endKey()));
        spliced.add(new Proof(proof.kind(), proof.master(), donor.runs(), proof.siblings(), proof.endKey()));
        spliced.add(new Proof(proof.kind(), proof.master(), donor.runs(), donor.siblings(), proof.endKey()));
        spliced.add(new Proof(proof.kind(), proof.master(), proof.runs(), donor.siblings(), proof.endKey()));
        spliced.add(new Proof(proof.kind(), proof.master(), proof.runs(), proof.siblings(), donor.endKey()));
        for (List<OpenedRun> runs : replacedLists(proof.runs(), donor.runs(), Splices::runs)) {
            spliced.add(new Proof(proof.kind(), proof.master(), runs, proof.siblings(), proof.endKey()));
        }
        return spliced;
    }

    private static List<OpenedRun> runs(OpenedRun run, OpenedRun donor) {
        List<OpenedRun> spliced = new ArrayList<>();
        spliced.add(donor);
        spliced.add(new OpenedRun(
                donor.summary(), run.olderMaxPutVersion(), run.firstTable(), run.tables(), run.siblings()));
        spliced.add(new OpenedRun(
                run.summary(), donor.olderMaxPutVersion(), run.firstTable(), run.tables(), run.siblings()));
        spliced.add(new OpenedRun(
                run.summary(), run.olderMaxPutVersion(), donor.firstTable(), run.tables(), run.siblings()));
        spliced.add(new OpenedRun(
                run.summary(), run.olderMaxPutVersion(), run.firstTable(), run.tables(), donor.siblings()));
        for (List<OpenedTable> tables : replacedLists(run.tables(), donor.tables(), Splices::tables)) {
            spliced.add(
                    new OpenedRun(run.summary(), run.olderMaxPutVersion(), run.firstTable(), tables, run.siblings()));
        }
        return spliced;
    }

    private static List<OpenedTable> tables(OpenedTable table, OpenedTable donor) {
        List<OpenedTable> spliced = new ArrayList<>();
        spliced.add(donor);
        spliced.add(new OpenedTable(donor.summary(), table.firstBlock(), table.blocks(), table.siblings()));
        spliced.add(new OpenedTable(table.summary(), donor.firstBlock(), table.blocks(), table.siblings()));
        spliced.add(new OpenedTable(table.summary(), donor.firstBlock(), donor.blocks(), donor.siblings()));
        spliced.add(new OpenedTable(table.summary(), table.firstBlock(), table.blocks(), donor.siblings()));
        for (List<OpenedBlock> blocks : replacedLists(table.blocks(), donor.blocks(), Splices::blocks)) {
            spliced.add(new OpenedTable(table.summary(), table.firstBlock(), blocks, table.siblings()));
        }
        return spliced;
    }

    private static List<OpenedBlock> blocks(OpenedBlock block, OpenedBlock donor) {
        List<OpenedBlock> spliced = new ArrayList<>();
        spliced.add(donor);
        spliced.add(new OpenedBlock(block.records(), donor.firstLeaf(), block.leaves(), block.siblings()));
        spliced.add(new OpenedBlock(block.records(), block.firstLeaf(), block.leaves(), donor.siblings()));
        for (List<OpenedLeaf> leaves : replacedLists(block.leaves(), donor.leaves(), (a, b) -> List.of(b))) {
            spliced.add(new OpenedBlock(block.records(), block.firstLeaf(), leaves, block.siblings()));
        }
        return spliced;
    }

    @FunctionalInterface
    private interface Replacements<T> {
        List<T> of(T part, T donor);
    }

    /** The list with each element left out, doubled, swapped with the next, and replaced. */
    private static <T> List<List<T>> replacedLists(List<T> list, List<T> donors, Replacements<T> replacements) {
        List<List<T>> lists = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<T> without = new ArrayList<>(list);
            without.remove(i);
            lists.add(without);
            List<T> doubled = new ArrayList<>(list);
            doubled.add(i, list.get(i));
            lists.add(doubled);
            if (i > 0) {
                List<T> swapped = new ArrayList<>(list);
                swapped.set(i, list.get(i - 1));
                swapped.set(i - 1, list.get(i));
                lists.add(swapped);
            }
            for (T donor : donors) {
                for (T replacement : replacements.of(list.get(i), donor)) {
                    List<T> replaced = new ArrayList<>(list);
                    replaced.set(i, replacement);
                    lists.add(replaced);
                }
            }
        }
        return lists;
    }

    /** Null if the parts do not even have the form of a proof. */
    static byte[] encodeIfPossible(Proof proof) {
        try {
            return ProofCodec.encode(proof);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Changes some bytes, or takes out, doubles or moves a piece. */
    static byte[] mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(40, bytes.length - at));
        byte[] result;
        switch (random.nextInt(5)) {
            case 0 -> {
                result = bytes.clone();
                result[at] = (byte) random.nextInt();
            }
            case 1 -> {
                result = bytes.clone();
                result[at] += (byte) (random.nextBoolean() ? 1 : -1);
            }
            case 2 -> {
                result = new byte[bytes.length - length];
                System.arraycopy(bytes, 0, result, 0, at);
                System.arraycopy(bytes, at + length, result, at, bytes.length - at - length);
            }
            case 3 -> {
                result = new byte[bytes.length + length];
                System.arraycopy(bytes, 0, result, 0, at + length);
                System.arraycopy(bytes, at, result, at + length, bytes.length - at);
            }
            default -> {
                result = bytes.clone();
                System.arraycopy(bytes, at, result, random.nextInt(bytes.length - length), length);
            }
        }
        return result;
    }
}
