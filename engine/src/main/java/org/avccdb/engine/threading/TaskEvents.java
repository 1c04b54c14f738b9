package org.avccdb.engine.threading;

import org.avccdb.AvccDbException;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.manifest.VersionEdit;

/** Is told what the background agents do; by their threads. */
public interface TaskEvents {
    void flushBegins(long records, long dataBytes);

    void flushed(long records, long dataBytes, VersionEdit edit, TaskStatistics statistics);

    void compactionBegins(Compaction plan);

    void compacted(Compaction plan, VersionEdit edit, TaskStatistics statistics);

    void failed(String work, AvccDbException failure);
}
