package org.avccdb;

import org.avccdb.engine.compaction.TaskContext;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.threading.Background;
import org.avccdb.engine.threading.CompactionQueue;
import org.avccdb.engine.threading.Installer;
import org.avccdb.engine.writer.FailureLatch;
import org.avccdb.engine.writer.Hindrances;
import org.avccdb.engine.writer.Supplies;
import org.avccdb.engine.writer.WriteFront;
import org.avccdb.engine.writer.Writer;
import org.avccdb.memdb.ArenaPool;

/**
 * What only a database has that is open for writing.
 *
 * @param front where writes are handed over
 * @param writer the writer's role
 * @param journal the journal
 * @param supplies of the next memtable
 * @param pool of arenas
 * @param latch that stops writing
 * @param hindrances of background work
 * @param installer of what background work has done
 * @param background the agents
 * @param compactions what to compact
 * @param context of flushes and compactions
 */
record WriteSide(
        WriteFront front,
        Writer writer,
        Journal journal,
        Supplies supplies,
        ArenaPool pool,
        FailureLatch latch,
        Hindrances hindrances,
        Installer installer,
        Background background,
        CompactionQueue compactions,
        TaskContext context) {}
