package org.avccdb.engine.roots;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.avccdb.engine.table.HashWork;
import org.avccdb.engine.table.LeafHasher;

/**
 * Parts that are to become one, which takes too long for whoever asks for a root. Any thread may carry it out.
 *
 * <ol>
 *   <li>Who has set {@code taken} is the only one to work, and sets {@code result} in the end: who sees that sees all of it.
 *   <li>Where it fails, it is free again.
 * </ol>
 */
final class PartMerge implements HashWork {
    private final List<Part> parts;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile Part result;

    PartMerge(final List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** What is merged. */
    List<Part> parts() {
        return parts;
    }

    /** The one part; null as long as it is not there. */
    Part result() {
        return result;
    }

    @Override
    public void hashIfNobodyHas(final LeafHasher hasher) {
        if (taken.compareAndSet(false, true)) {
            try {
                result = Part.merged(parts, hasher);
            } finally {
                taken.set(result != null);
            }
        }
    }
}
