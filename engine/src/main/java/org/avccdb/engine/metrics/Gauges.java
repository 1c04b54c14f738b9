package org.avccdb.engine.metrics;

import java.util.List;
import java.util.Map;
import org.avccdb.Stats;
import org.avccdb.memdb.MemoryPurpose;

/**
 * What is as it is, and so is not counted here but asked for when statistics are.
 *
 * @param levels the levels of the present version, from level 0 on
 * @param memtables the memtables
 * @param blockCache the block cache
 * @param readers what is open
 * @param nativeMemory the ledger's accounts
 * @param openTables tables that are open
 * @param journalBytes length of the journal segments that were begun and are needed
 * @param queued writes in the ring
 * @param queueSlots how many have room there
 */
public record Gauges(
        List<LevelSize> levels,
        Stats.Memtables memtables,
        Stats.BlockCache blockCache,
        Stats.Readers readers,
        Map<MemoryPurpose, Long> nativeMemory,
        int openTables,
        long journalBytes,
        int queued,
        int queueSlots) {

    /** How much is in a level. */
    public record LevelSize(int tables, long bytes) {}
}
