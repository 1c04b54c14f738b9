package org.avccdb.memdb;

/** What a block of native memory is used for; the {@link MemoryLedger} keeps one account for each. */
public enum MemoryPurpose {
    /** Arenas of memtables in use. */
    MEMTABLE,
    /** Arenas that wait in a pool for their next use. */
    POOL,
    /** Arenas of memtables that only readers still need. */
    PINNED,
    /** Arenas, and frames of the block cache, whose owner has closed while an iterator still holds them. */
    ORPHANED,
    /** Blocks of tables, uncompressed. */
    BLOCK_CACHE,
    /** Where the blocks of open tables are, and which of several tables may have a key. */
    TABLE_INDEX,
    /** Writes on their way to the journal and the memtable. */
    WRITE_QUEUE,
    /** What tasks and cursors work with. */
    SCRATCH
}
