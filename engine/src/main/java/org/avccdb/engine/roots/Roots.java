package org.avccdb.engine.roots;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.avccdb.VersionOrder;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.read.Cursors;
import org.avccdb.engine.read.ReadView;
import org.avccdb.engine.read.Run;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.engine.table.SubtreeCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableTree;
import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.MasterHeader;

/**
 * Makes the states that roots and proofs are about. Any thread; what memtables and versions have been hashed to is kept as
 * long as they are.
 */
public final class Roots {
    private final Identity identity;
    private final Map<Memtable, MemtableParts> parts = new WeakHashMap<>();
    private final ThreadLocal<Tools> tools;
    private final HashWorker ofParts;
    private final HashWorker ofTables;
    private volatile VersionRuns lastVersion;

    /** The runs of a version, newest first. */
    private record VersionRuns(Version version, List<ProvenRun> runs) {}

    /** What a thread needs for one proof after the other. */
    private record Tools(LeafHasher hasher, TableTree tree) {
        static Tools with(final SubtreeCache subtrees) {
            final LeafHasher hasher = new LeafHasher();
            return new Tools(hasher, new TableTree(hasher, subtrees));
        }
    }

    /**
     * Of a database.
     *
     * @param subtrees keeps what proofs need of its tables
     * @param ofParts merges parts of memtables
     * @param ofTables hashes what is written to tables
     */
    public Roots(
            final Identity identity, final SubtreeCache subtrees, final HashWorker ofParts, final HashWorker ofTables) {
        this.identity = identity;
        this.ofParts = ofParts;
        this.ofTables = ofTables;
        this.tools = ThreadLocal.withInitial(() -> Tools.with(subtrees));
    }

    /** The calling thread's. */
    LeafHasher hasher() {
        return tools.get().hasher();
    }

    /** The calling thread's, for one proof at a time, which detaches it in the end. */
    TableTree tree() {
        return tools.get().tree();
    }

    /**
     * The state that a view shows up to a sequence number.
     *
     * @param view that the caller keeps
     * @throws UnsupportedOperationException if there are tables without a root
     */
    ProvenState stateOf(final ReadView view, final long sequence) {
        final LeafHasher hasher = hasher();
        final List<ProvenRun> runs = new ArrayList<>();
        final Version version = view.version();
        for (int i = 0; i < view.runs(); i++) {
            if (view.run(i) instanceof Run.MemtableRun run) {
                for (final Part part : partsOf(run.memtable()).upTo(run.memtable(), sequence, hasher)) {
                    runs.add(ProvenRun.of(part, hasher));
                }
            } else if (view.run(i) instanceof Run.TableRun run && !isIn(version, run.table())) {
                final Part part = partOf(run, sequence, hasher);
                if (part != null) {
                    runs.add(ProvenRun.of(part, hasher));
                }
            }
        }
        runs.addAll(runsOf(version, hasher));
        return new ProvenState(
                new MasterHeader(
                        identity.databaseId(),
                        0,
                        identity.versionOrder() == VersionOrder.MONOTONE
                                ? HashRules.MONOTONE_ORDER
                                : HashRules.ARBITRARY_ORDER,
                        sequence,
                        runs.size()),
                runs,
                hasher);
    }

    /** Who hashes what a memtable has when that is written to a table. */
    public HashWorker workerFor(final Memtable memtable) {
        final MemtableParts made;
        synchronized (parts) {
            made = parts.get(memtable);
        }
        return made == null ? ofTables : made.knownLeaves(ofTables);
    }

    private MemtableParts partsOf(final Memtable memtable) {
        synchronized (parts) {
            return parts.computeIfAbsent(memtable, any -> new MemtableParts(ofParts));
        }
    }

    private static boolean isIn(final Version version, final TableFile table) {
        for (final TableFile other : version.level(0)) {
            if (other.meta().number() == table.meta().number()) {
                return true;
            }
        }
        return false;
    }

    /** Of a memtable that was moved to a table of its own, which may hold more than is to be seen. */
    private static Part partOf(final Run run, final long sequence, final LeafHasher hasher) {
        final HashedRecords records = new HashedRecords();
        final RecordCursor cursor = run.cursor();
        try {
            while (cursor.next()) {
                if (RecordDescriptor.sequence(cursor.stamp()) <= sequence) {
                    records.add(cursor, hasher);
                }
            }
        } finally {
            Cursors.detach(cursor);
        }
        return records.count() == 0 ? null : Part.of(records, 0, records.count(), hasher);
    }

    private List<ProvenRun> runsOf(final Version version, final LeafHasher hasher) {
        final VersionRuns known = lastVersion;
        if (known != null && known.version() == version) {
            return known.runs();
        }
        requireRoots(version);
        final List<ProvenRun> runs = new ArrayList<>();
        for (final TableFile table : version.level(0)) {
            runs.add(ProvenRun.of(table, hasher));
        }
        for (int level = 1; level < Version.LEVELS; level++) {
            if (version.level(level).length > 0) {
                runs.add(ProvenRun.of(version, level, hasher));
            }
        }
        // Another thread may put those of another version there at once.
        final VersionRuns made = new VersionRuns(version, List.copyOf(runs));
        lastVersion = made;
        return made.runs();
    }

    private static void requireRoots(final Version version) {
        int without = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version.level(level)) {
                without += table.meta().root() == null ? 1 : 0;
            }
        }
        if (without > 0) {
            throw new UnsupportedOperationException(without
                    + " tables were written with authentication NONE and have no root yet; while the database is open for"
                    + " writing they get one in the background, or at once by compactRange(KeyRange.all())");
        }
    }
}
