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
    default List<LevelShape> levels() {
        return List.of();
    }

    /** The engine's own figures since it was opened; empty where it has none. */
    default Map<String, Long> counters() {
        return Map.of();
    }

    /** Whether a file holds what is not yet in the engine's tables, as journals do. */
    default boolean isJournal(final String fileName) {
        return false;
    }

    /** The engine's own words about its state. */
    String describe();

    @Override
    void close();
}
