package org.avccdb.engine.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;

/** Failures that were asked for. Guarded by the disk. */
final class Faults {
    private static final class Fault {
        private final Operation operation;
        private final FileType type;
        private final FaultKind kind;
        private final boolean lasting;
        private int left;

        Fault(
                final Operation operation,
                final FileType type,
                final int nth,
                final FaultKind kind,
                final boolean lasting) {
            this.operation = operation;
            this.type = type;
            this.left = nth;
            this.kind = kind;
            this.lasting = lasting;
        }

        boolean isFor(final Operation done, final FileType doneTo) {
            return (operation == null || operation == done) && (type == null || type == doneTo);
        }
    }

    private final List<Fault> faults = new ArrayList<>();

    void add(
            final Operation operation,
            final FileType type,
            final int nth,
            final FaultKind kind,
            final boolean lasting) {
        if (nth < 1) {
            throw new IllegalArgumentException("nth " + nth);
        }
        faults.add(new Fault(operation, type, nth, kind, lasting));
    }

    boolean isPending() {
        return !faults.isEmpty();
    }

    void clear() {
        faults.clear();
    }

    /** Null where the operation is to succeed. Every fault that fits counts it, the first one that is due decides. */
    FaultKind next(final Operation operation, final FileType type) {
        FaultKind due = null;
        for (final Iterator<Fault> iterator = faults.iterator(); iterator.hasNext(); ) {
            final Fault fault = iterator.next();
            if (!fault.isFor(operation, type)) {
                continue;
            }
            fault.left = Math.max(0, fault.left - 1);
            if (fault.left == 0) {
                due = due == null ? fault.kind : due;
                if (!fault.lasting) {
                    iterator.remove();
                }
            }
        }
        return due;
    }
}
