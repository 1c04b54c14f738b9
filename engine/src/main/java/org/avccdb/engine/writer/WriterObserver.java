package org.avccdb.engine.writer;

import org.avccdb.StallCause;

/** Is told what the writer does; called with the writer's role, so it must be quick. */
public interface WriterObserver {
    /** A group is visible. */
    void committed(int writes, int records, long bytes);

    /** A caller's write took this long; called for some of all writes, by any thread. */
    void put(long nanos);

    /** A caller's synced write took this long; by any thread. */
    void syncWait(long nanos);

    /** The journal was synced. */
    void synced(long nanos);

    /** A memtable was frozen and the next one taken. */
    void rotated(long records, long dataBytes, long nanos);

    /** Writes wait from now on. */
    void stallBegins(StallCause cause);

    /** Writes go on. */
    void stallEnded(StallCause cause, long nanos);

    /** Writes were slowed down for this long. */
    void delayed(long nanos);

    /** Writing has stopped for good. */
    void latched(Throwable cause);
}
