package org.avccdb.bench.engines;

import java.util.List;
import java.util.Map;

/** An open database. Any number of threads, each with a {@link Session} of its own. */
public interface Store extends AutoCloseable {
    /** For one thread. To be closed before the store is. */
    Session session();

    /** Flushes what is in memory, and returns when background work has come to an end. */
    void settle();

    /** The levels of tables, empty for an engine without. */
    List<LevelShape> levels();

    /** The engine's own figures since it was opened; empty where it has none. */
    Map<String, Long> counters();

    /** Whether a file holds what is not yet in the engine's tables, as journals do. */
    boolean isJournal(String fileName);

    /** The engine's own words about its state. */
    String describe();

    @Override
    void close();
}
