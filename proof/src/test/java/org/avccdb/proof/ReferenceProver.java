package org.avccdb.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Makes proofs of a {@link ReferenceDatabase}: honest ones, and, for attacks, ones that open what they like. Everything by
 * going through all records.
 */
final class ReferenceProver {
    final ReferenceDatabase database;

    ReferenceProver(ReferenceDatabase database) {
        this.database = database;
    }

    /** A proof that opens as few runs as it may, and some more. */
    Proof proveKey(QuestionKind kind, byte[] key, long min, long max, int moreRuns) {
        if (min > max) {
            return assemble(kind, List.of(), null);
        }
        int needed = 0;
        while (needed < database.runs.size() && !isEnough(kind, key, min, max, needed)) {
            needed++;
        }
        return proveKeyOver(kind, key, min, max, Math.min(needed + moreRuns, database.runs.size()));
    }

    /** The same with a given number of runs, which may be too small. */
    Proof proveKeyOver(QuestionKind kind, byte[] key, long min, long max, int opened) {
        List<Rec> live = liveOf(key, opened);
        live.removeIf(r -> r.version < min || r.version > max);
        boolean first = kind == QuestionKind.LATEST || kind == QuestionKind.AS_OF;
        long lowest = first && !live.isEmpty() ? live.get(0).version : min;
        Set<Rec> answers = Set.copyOf(first && !live.isEmpty() ? live.subList(0, 1) : live);
        List<OpenedRun> runs = new ArrayList<>();
        for (int i = 0; i < opened; i++) {
            runs.add(openInterval(i, sideOfKey(key, lowest), answers));
        }
        return assemble(kind, runs, null);
    }

    static ToIntFunction<Rec> sideOfKey(byte[] key, long lowest) {
        return r -> {
            int order = Arrays.compareUnsigned(r.key, key);
            return order != 0 ? order : r.version >= lowest ? 0 : 1;
        };
    }

    private boolean isEnough(QuestionKind kind, byte[] key, long min, long max, int opened) {
        if (opened == 0) {
            return false;
        }
        long older = database.olderMaxPutVersion(opened - 1);
        List<Rec> records = recordsOf(key, opened);
        if (records.stream().anyMatch(r -> r.type == 2)) {
            return true;
        }
        if (kind == QuestionKind.VERSION && records.stream().anyMatch(r -> r.version == min)) {
            return true;
        }
        if (kind == QuestionKind.LATEST || kind == QuestionKind.AS_OF) {
            for (Rec r : liveOf(key, opened)) {
                if (r.version <= max) {
                    return older <= r.version || database.versionOrder == 1;
                }
            }
        }
        return min > 0 && older < min;
    }

    private List<Rec> recordsOf(byte[] key, int opened) {
        List<Rec> records = new ArrayList<>();
        for (int i = 0; i < opened; i++) {
            for (Rec r : database.runs.get(i).records()) {
                if (Arrays.equals(r.key, key)) {
                    records.add(r);
                }
            }
        }
        return records;
    }

    /** Those that no other record of the runs hides, highest version first. */
    private List<Rec> liveOf(byte[] key, int opened) {
        List<Rec> records = recordsOf(key, opened);
        List<Rec> live = new ArrayList<>();
        for (Rec r : records) {
            boolean hidden =
                    records.stream().anyMatch(o -> o.sequence > r.sequence && (o.type == 2 || o.version == r.version));
            if (r.isPut() && !hidden) {
                live.add(r);
            }
        }
        live.sort(Rec.ORDER);
        return live;
    }

    /** A proof of a range; complete if there are no more entries than the limit. */
    Proof proveRange(byte[] from, byte[] to, int limit) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return assemble(QuestionKind.RANGE, List.of(), null);
        }
        List<Rec> entries = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        for (ReferenceDatabase.Run run : database.runs) {
            run.records().forEach(r -> keys.add(r.key));
        }
        keys.removeIf(
                key -> Arrays.compareUnsigned(key, from) < 0 || (to != null && Arrays.compareUnsigned(key, to) >= 0));
        keys.sort(Arrays::compareUnsigned);
        byte[] before = null;
        for (byte[] key : keys) {
            if (!Arrays.equals(key, before)) {
                List<Rec> live = liveOf(key, database.runs.size());
                entries.addAll(live.isEmpty() ? List.of() : live.subList(0, 1));
            }
            before = key;
        }
        byte[] endKey = entries.size() > limit ? entries.get(limit - 1).key : null;
        return proveRangeUpTo(from, to, endKey, Set.copyOf(entries.subList(0, Math.min(limit, entries.size()))));
    }

    Proof proveRangeUpTo(byte[] from, byte[] to, byte[] endKey, Set<Rec> answers) {
        ToIntFunction<Rec> side = r -> {
            if (Arrays.compareUnsigned(r.key, from) < 0) {
                return -1;
            }
            if (endKey != null) {
                return Arrays.compareUnsigned(r.key, endKey) <= 0 ? 0 : 1;
            }
            return to == null || Arrays.compareUnsigned(r.key, to) < 0 ? 0 : 1;
        };
        List<OpenedRun> runs = new ArrayList<>();
        for (int i = 0; i < database.runs.size(); i++) {
            runs.add(openInterval(i, side, answers));
        }
        return assemble(QuestionKind.RANGE, runs, endKey);
    }

    /** Puts runs, which need not be what they should be, under the true header and beside the true siblings. */
    Proof assemble(QuestionKind kind, List<OpenedRun> runs, byte[] endKey) {
        HashList siblings = hashes(NaiveTree.siblings(4, database.runLeaves(), 0, runs.size()));
        return new Proof(kind, database.header(), runs, siblings, endKey);
    }

    /** The canonical window of a run. */
    OpenedRun openInterval(int runIndex, ToIntFunction<Rec> side, Set<Rec> answers) {
        List<Rec> records = database.runs.get(runIndex).records();
        int from = 0;
        while (from < records.size() && side.applyAsInt(records.get(from)) < 0) {
            from++;
        }
        int to = from;
        while (to < records.size() && side.applyAsInt(records.get(to)) == 0) {
            to++;
        }
        int before = from - 1;
        int behind = to < records.size() ? to : -1;
        int tableBefore = before < 0 ? -1 : tableOf(runIndex, before);
        int tableBehind = behind < 0 ? -1 : tableOf(runIndex, behind);
        boolean sameTable = tableBefore == tableBehind;
        boolean empty = from == to;
        boolean leafBefore = before >= 0 && (empty ? sameTable : tableBefore == tableOf(runIndex, from));
        boolean leafBehind = behind >= 0 && (empty ? sameTable : tableBehind == tableOf(runIndex, to - 1));
        return open(
                runIndex,
                leafBefore ? before : from,
                leafBehind ? to + 1 : to,
                before >= 0 && !leafBefore ? tableBefore : -1,
                behind >= 0 && !leafBehind ? tableBehind : -1,
                answers);
    }

    private int tableOf(int runIndex, int record) {
        int rest = record;
        List<ReferenceDatabase.Table> tables = database.runs.get(runIndex).tables;
        for (int t = 0; ; t++) {
            rest -= tables.get(t).records().size();
            if (rest < 0) {
                return t;
            }
        }
    }

    /**
     * Opens records of a run as leaves, and headers of tables before and behind them.
     *
     * @param from index of the first record, counted in the run
     * @param to index behind the last record
     * @param headerBefore table shown by its header before the records; -1 for none
     * @param headerBehind the same behind them
     */
    OpenedRun open(int runIndex, int from, int to, int headerBefore, int headerBehind, Set<Rec> answers) {
        ReferenceDatabase.Run run = database.runs.get(runIndex);
        List<OpenedTable> tables = new ArrayList<>();
        int firstTable = headerBefore >= 0 ? headerBefore : from < to ? tableOf(runIndex, from) : headerBehind;
        if (headerBefore >= 0) {
            tables.add(headerOnly(run.tables.get(headerBefore)));
        }
        int start = 0;
        for (ReferenceDatabase.Table table : run.tables) {
            int count = table.records().size();
            if (start < to && start + count > from && from < to) {
                tables.add(openTable(table, Math.max(0, from - start), Math.min(count, to - start), answers));
            }
            start += count;
        }
        if (headerBehind >= 0) {
            tables.add(headerOnly(run.tables.get(headerBehind)));
        }
        HashList siblings = hashes(NaiveTree.siblings(3, run.tableHashes(), firstTable, firstTable + tables.size()));
        return new OpenedRun(run.summary(), database.olderMaxPutVersion(runIndex), firstTable, tables, siblings);
    }

    static OpenedTable headerOnly(ReferenceDatabase.Table table) {
        return OpenedTable.headerOnly(table.summary(), NaiveTree.root(2, table.blockHashes()), 0);
    }

    static OpenedTable openTable(ReferenceDatabase.Table table, int from, int to, Set<Rec> answers) {
        List<OpenedBlock> blocks = new ArrayList<>();
        int firstBlock = -1;
        int start = 0;
        for (int b = 0; b < table.blocks.size(); b++) {
            ReferenceDatabase.Block block = table.blocks.get(b);
            int count = block.records.size();
            int first = Math.max(0, from - start);
            int end = Math.min(count, to - start);
            if (first < end) {
                firstBlock = firstBlock < 0 ? b : firstBlock;
                List<OpenedLeaf> leaves = new ArrayList<>();
                for (Rec record : block.records.subList(first, end)) {
                    leaves.add(record.open(answers.contains(record)));
                }
                HashList siblings = hashes(NaiveTree.siblings(1, block.leaves(), first, end));
                blocks.add(new OpenedBlock(count, first, leaves, siblings));
            }
            start += count;
        }
        HashList siblings = hashes(NaiveTree.siblings(2, table.blockHashes(), firstBlock, firstBlock + blocks.size()));
        return new OpenedTable(table.summary(), firstBlock, blocks, siblings);
    }

    static HashList hashes(List<byte[]> hashes) {
        HashList.Builder builder = new HashList.Builder();
        hashes.forEach(hash -> builder.add(hash, 0));
        return builder.build();
    }
}
