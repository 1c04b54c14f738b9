package org.avccdb.engine.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.avccdb.engine.storage.SimulatedStorage.OperationHook;

/** Directories that lose power together. Its monitor guards everything that is in it. */
final class SimulatedDisk {
    static final long UNLIMITED = 1L << 50;

    /** Something that was handed out and is to be closed. */
    interface Handle {
        String describe();

        /** Null for a lock. */
        SimulatedFile file();
    }

    final Map<String, SimulatedDirectory> directories = new TreeMap<>();
    final Set<Handle> handles = Collections.newSetFromMap(new IdentityHashMap<>());
    final Faults faults = new Faults();
    long capacity = UNLIMITED;
    OperationHook hook;

    private long time;
    private long operations;
    private boolean insideHook;

    /** A copy without handles, faults, limit and hook. */
    SimulatedDisk copy(final UnaryOperator<SimulatedFile> files) {
        final SimulatedDisk copy = new SimulatedDisk();
        copy.time = time;
        final Function<SimulatedFile, SimulatedFile> once = SimulatedDirectory.onceEach(files);
        directories.forEach((path, directory) -> copy.directories.put(path, directory.copy(once)));
        return copy;
    }

    /** When the next write or change happens: they are in one order, whatever they are made to. */
    long tick() {
        return ++time;
    }

    long time() {
        return time;
    }

    long operations() {
        return operations;
    }

    /** Does an operation, which meets the fault that is due, or null; calls the hook after one that may change something. */
    synchronized <T> T perform(final Operation operation, final String name, final Function<FaultKind, T> body) {
        final FaultKind fault = faults.next(operation, FileNames.type(name));
        if (!operation.changes()) {
            return body.apply(fault);
        }
        try {
            return body.apply(fault);
        } finally {
            operations++;
            tellHook(operation);
        }
    }

    private void tellHook(final Operation operation) {
        if (hook != null && !insideHook) {
            insideHook = true;
            try {
                hook.onOperation(operations, operation);
            } finally {
                insideHook = false;
            }
        }
    }

    static void failIf(final FaultKind fault, final Operation operation, final String name) {
        if (fault != null) {
            throw failure(fault, operation, name);
        }
    }

    static StorageException failure(final FaultKind fault, final Operation operation, final String name) {
        final String message = "cannot do " + operation + " to " + name + ": simulated " + fault;
        return fault == FaultKind.NO_SPACE ? new NoSpaceException(message) : new StorageException(message);
    }

    long freeBytes() {
        return capacity == UNLIMITED ? UNLIMITED : Math.max(0, capacity - usedBytes());
    }

    /** A deleted file takes room for as long as it is open. */
    private long usedBytes() {
        final Set<SimulatedFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
        directories.values().forEach(directory -> files.addAll(directory.current.values()));
        for (final Handle handle : handles) {
            if (handle.file() != null) {
                files.add(handle.file());
            }
        }
        return files.stream().mapToLong(file -> file.current.length()).sum();
    }

    List<String> openFiles() {
        final List<String> open = new ArrayList<>();
        handles.forEach(handle -> open.add(handle.describe()));
        Collections.sort(open);
        return open;
    }
}
