package org.avccdb.bench.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A file that was found to be a whole recording. */
public final class Recording {
    private final Path file;
    private final TraceDescriptor.Header header;
    private final List<Phase> phases = new ArrayList<>();

    /** Reads all of it once; throws {@link TraceException} where it is not what it must be. */
    public Recording(final Path file) {
        this.file = file;
        try (TraceReader reader = new TraceReader(file)) {
            header = reader.header();
            reader.checkBody();
        }
        findPhases();
    }

    private void findPhases() {
        final Map<String, Integer> names = new HashMap<>();
        long operations = 0;
        long recordsPut = 0;
        try (TraceCursor cursor = cursor(TraceDescriptor.HEADER_LENGTH)) {
            boolean more = cursor.next();
            TraceDescriptor.require(
                    more && cursor.kind() == Kind.PHASE && cursor.number() == 1, "it does not begin with a phase");
            while (more) {
                final boolean fresh = cursor.number() == 1;
                final String name = cursor.name();
                final int times = names.merge(name, 1, Integer::sum);
                final long position = cursor.nextPosition();
                final Set<String> kinds = new TreeSet<>();
                long count = 0;
                for (more = cursor.next(); more && cursor.kind() != Kind.PHASE; more = cursor.next()) {
                    kinds.add(cursor.kind().title());
                    count++;
                    recordsPut += cursor.kind() == Kind.PUT ? 1 : cursor.kind() == Kind.BATCH ? cursor.number() : 0;
                }
                TraceDescriptor.require(count > 0, "a phase is without operations");
                operations += count;
                phases.add(
                        new Phase(times == 1 ? name : name + "-" + times, fresh, position, count, List.copyOf(kinds)));
            }
        }
        TraceDescriptor.require(
                operations == header.operations()
                        && recordsPut == header.recordsPut()
                        && phases.size() == header.phases(),
                "the counts of its header do not fit");
    }

    TraceCursor cursor(final long position) {
        return new TraceCursor(new TraceReader(file), position);
    }

    /** The workloads, in their order. */
    public List<Phase> phases() {
        return phases;
    }

    /** How many operations it has. */
    public long operations() {
        return header.operations();
    }

    /** How many records its operations put. */
    public long recordsPut() {
        return header.recordsPut();
    }

    /** Length of all keys. */
    public int keyBytes() {
        return header.keyBytes();
    }

    /** Length of all values. */
    public int valueBytes() {
        return header.valueBytes();
    }
}
