package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long proofs get in databases of ordinary size: keys of 16 bytes, values of 100, blocks of 32 records, tables of
 * 2 MiB. The hashes are all zero; lengths do not depend on them.
 */
class CompactnessTest {
    private static final int BLOCK_RECORDS = 32;
    private static final int TABLE_BLOCKS = 540;
    private static final int TABLE_RECORDS = BLOCK_RECORDS * TABLE_BLOCKS;
    private static final long SEQUENCE = 2_000_000;

    private static byte[] key(long number) {
        return ByteBuffer.allocate(16).putLong(8, number).array();
    }

    private static HashList zeros(long leaves, long from, long to) {
        int count = TreeShape.siblingCount(leaves, from, to);
        return HashList.copyOf(new byte[32 * count], 0, count);
    }

    /** Opens leaves of one table, without or with the value of the second one. */
    private static OpenedTable table(long firstKey, int from, int to, boolean present) {
        List<OpenedBlock> blocks = new ArrayList<>();
        int firstBlock = from / BLOCK_RECORDS;
        for (int b = firstBlock; b * BLOCK_RECORDS < to; b++) {
            int first = Math.max(from - b * BLOCK_RECORDS, 0);
            int end = Math.min(to - b * BLOCK_RECORDS, BLOCK_RECORDS);
            List<OpenedLeaf> leaves = new ArrayList<>();
            for (int i = first; i < end; i++) {
                long number = firstKey + (long) b * BLOCK_RECORDS + i;
                boolean answer = present && b * BLOCK_RECORDS + i == from + 1;
                leaves.add(new OpenedLeaf(1, key(number), 0, SEQUENCE, 100, new byte[answer ? 100 : 32]));
            }
            blocks.add(new OpenedBlock(BLOCK_RECORDS, first, leaves, zeros(BLOCK_RECORDS, first, end)));
        }
        return new OpenedTable(
                summary(firstKey), firstBlock, blocks, zeros(TABLE_BLOCKS, firstBlock, firstBlock + blocks.size()));
    }

    private static TableSummary summary(long firstKey) {
        return new TableSummary(
                1,
                TABLE_RECORDS,
                TABLE_BLOCKS,
                key(firstKey),
                0,
                SEQUENCE,
                key(firstKey + TABLE_RECORDS - 1),
                0,
                SEQUENCE,
                SEQUENCE,
                SEQUENCE,
                0,
                0,
                0);
    }

    /** One run's part of a proof that a key is absent, or present, at this place. */
    private static OpenedRun run(int tables, long place, boolean present) {
        int table = (int) (place / TABLE_RECORDS);
        int record = (int) (place % TABLE_RECORDS);
        int leaves = present ? 3 : 2;
        OpenedTable opened;
        if (record + leaves <= TABLE_RECORDS) {
            opened = table((long) table * TABLE_RECORDS, record, record + leaves, present);
            return new OpenedRun(
                    new RunSummary(3, 1, tables, 0), 0, table, List.of(opened), zeros(tables, table, table + 1));
        }
        List<OpenedTable> headers = new ArrayList<>();
        for (int t = table; t < Math.min(table + 2, tables); t++) {
            headers.add(OpenedTable.headerOnly(summary((long) t * TABLE_RECORDS), new byte[32], 0));
        }
        return new OpenedRun(
                new RunSummary(3, 1, tables, 0), 0, table, headers, zeros(tables, table, table + headers.size()));
    }

    private static int length(List<OpenedRun> runs) {
        MasterHeader master = new MasterHeader(new byte[16], 0, 0, SEQUENCE, runs.size());
        return ProofCodec.encode(new Proof(QuestionKind.LATEST, master, runs, HashList.EMPTY, null)).length;
    }

    @Test
    void overOneRunOfAMillionRecords() {
        int tables = 1_000_000 / TABLE_RECORDS + 1;
        int longest = 0;
        for (long place = 0; place < (long) tables * TABLE_RECORDS; place += place % BLOCK_RECORDS == 30 ? 1 : 3) {
            longest = Math.max(longest, length(List.of(run(tables, place, false))));
        }
        assertTrue(longest <= 1400, "absent: " + longest);
        for (long place = 0; place < (long) tables * TABLE_RECORDS; place += place % BLOCK_RECORDS >= 28 ? 1 : 3) {
            longest = Math.max(longest, length(List.of(run(tables, place, true))) - 100);
        }
        assertTrue(longest <= 1400, "present: " + longest);
    }

    @Test
    void absentOverFiveRuns() {
        int tables = 200_000 / TABLE_RECORDS + 1;
        Random random = new Random(1);
        long total = 0;
        int longest = 0;
        for (int i = 0; i < 20_000; i++) {
            List<OpenedRun> runs = new ArrayList<>();
            for (int r = 0; r < 5; r++) {
                runs.add(run(tables, random.nextInt(tables * TABLE_RECORDS), false));
            }
            int length = length(runs);
            longest = Math.max(longest, length);
            total += length;
        }
        assertTrue(total / 20_000 <= 4_000 && longest <= 4_800, "mean " + total / 20_000 + ", longest " + longest);
    }
}
