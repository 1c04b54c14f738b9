package org.avccdb.engine.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Names of files: as they are, as they are durable, and the changes between the two. Guarded by the disk. */
final class SimulatedDirectory {
    enum Kind {
        ADD,
        MOVE,
        REMOVE
    }

    /** A change that is not durable yet. It knows its file, so that it makes sense without those before it. */
    record Change(long time, Kind kind, String name, SimulatedFile file) {}

    final Map<String, SimulatedFile> current = new TreeMap<>();
    final Map<String, SimulatedFile> durable = new TreeMap<>();
    final List<Change> unsynced = new ArrayList<>();
    int sharedLocks;
    boolean locked;

    void change(final long time, final Kind kind, final String name, final SimulatedFile file) {
        final Change change = new Change(time, kind, name, file);
        apply(current, change);
        unsynced.add(change);
    }

    void sync() {
        durable.clear();
        durable.putAll(current);
        unsynced.clear();
    }

    static void apply(final Map<String, SimulatedFile> names, final Change change) {
        if (change.kind() != Kind.ADD) {
            names.values().removeIf(file -> file == change.file());
        }
        if (change.kind() != Kind.REMOVE) {
            names.put(change.name(), change.file());
        }
    }

    /** A copy without locks, each file replaced by what the function makes of it: the same for the same one. */
    SimulatedDirectory copy(final Function<SimulatedFile, SimulatedFile> files) {
        final SimulatedDirectory copy = new SimulatedDirectory();
        current.forEach((name, file) -> copy.current.put(name, files.apply(file)));
        durable.forEach((name, file) -> copy.durable.put(name, files.apply(file)));
        unsynced.forEach(change ->
                copy.unsynced.add(new Change(change.time(), change.kind(), change.name(), files.apply(change.file()))));
        return copy;
    }

    /** The function that turns each file into one other. */
    static Function<SimulatedFile, SimulatedFile> onceEach(final Function<SimulatedFile, SimulatedFile> files) {
        final Map<SimulatedFile, SimulatedFile> made = new HashMap<>();
        return file -> made.computeIfAbsent(file, files);
    }
}
