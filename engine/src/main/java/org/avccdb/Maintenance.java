package org.avccdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.compaction.RangeCompaction;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.metrics.Gauges;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.recovery.Checkpoint;
import org.avccdb.engine.recovery.Verification;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableReader;
import org.avccdb.engine.threading.SpillAgent;
import org.avccdb.engine.writer.LiveRuns;
import org.avccdb.memdb.MemoryPurpose;

/** What a user asks of an open database besides reading and writing. Any thread. */
final class Maintenance {
    private static final String FILES_AT_LEVEL = "avccdb.num-files-at-level";

    private final EngineParts parts;

    Maintenance(final EngineParts parts) {
        this.parts = parts;
    }

    /** Moves all memtables to tables. */
    void flush() {
        final WriteSide side = parts.writeSide();
        final LiveRuns runs = parts.runs();
        // What hindered an earlier flush may be over: that is found out before anybody is told of it again.
        final BooleanSupplier tried = side.background().retryFlush();
        side.background()
                .await(
                        parts.waiting(),
                        () -> tried.getAsBoolean() || side.latch().isSet());
        final long failures = side.background().flush().failures();
        final long target = side.front().rotate();
        side.background()
                .await(
                        parts.waiting(),
                        () -> runs.flushedRotations() >= target
                                || hasFailedSince(side, failures)
                                || side.latch().isSet());
        if (runs.flushedRotations() < target) {
            side.latch().check();
            final AvccDbException whyNot = side.hindrances().ofFlush();
            if (whyNot != null) {
                throw whyNot;
            }
        }
    }

    private static boolean hasFailedSince(final WriteSide side, final long failures) {
        return side.hindrances().ofFlush() != null && side.background().flush().failures() != failures;
    }

    void compactRange(final KeyRange range) {
        if (range.isEmpty()) {
            return;
        }
        flush();
        final WriteSide side = parts.writeSide();
        long failures;
        do {
            failures = side.background().compaction().failures();
            compactOnce(range, side);
        } while (failures != side.background().compaction().failures());
    }

    private void compactOnce(final KeyRange range, final WriteSide side) {
        final RangeCompaction compaction = new RangeCompaction(side.context(), range);
        side.compactions().add(compaction);
        side.context().pacer().beginUrgent();
        try {
            side.background()
                    .await(
                            parts.waiting(),
                            () -> (compaction.isDone()
                                            && side.background().compaction().isResting())
                                    || side.hindrances().ofCompaction() != null
                                    || side.latch().isSet());
            side.latch().check();
            final AvccDbException whyNot = side.hindrances().ofCompaction();
            if (whyNot != null) {
                throw whyNot;
            }
        } finally {
            side.context().pacer().endUrgent();
            side.compactions().remove(compaction);
        }
    }

    void checkpoint(final Path directory) {
        final Storage target =
                parts.storage().directory(directory.toAbsolutePath().toString());
        try {
            final Checkpoint checkpoint = new Checkpoint(
                    parts.storage(), target, parts.versions(), parts.options().maxManifestBytes());
            if (parts.writeSide() != null) {
                flush();
                inBackground(checkpoint::write);
            } else {
                checkpoint.write(
                        parts.runs().frozenOldestFirst().stream()
                                .map(FrozenMemtable::memtable)
                                .toList(),
                        parts.runs().frozenProgress(),
                        parts.settings(),
                        parts.ledger());
            }
        } finally {
            target.close();
        }
    }

    /** File work is not for a thread that a user may interrupt. */
    private void inBackground(final Runnable work) {
        final SpillAgent.Job job = parts.writeSide().background().spill().add(work);
        parts.writeSide().background().await(parts.waiting(), job::isDone);
        job.check();
    }

    IntegrityReport verify(final Consumer<VerifyProgress> listener) {
        final Verification verification = new Verification(
                parts.storage(), parts.versions(), parts.options().maxManifestBytes(), listener);
        verification.readTables();
        if (parts.writeSide() == null) {
            verification.readJournals();
        } else {
            parts.writeSide().front().execute(verification::readJournals);
        }
        verification.tell();
        synchronized (parts.versions()) {
            verification.readManifest();
        }
        verification.tell();
        return verification.report();
    }

    long[] sizeOf(final KeyRange... ranges) {
        final Version version = parts.versions().acquire();
        try {
            final long[] sizes = new long[ranges.length];
            for (int i = 0; i < ranges.length; i++) {
                sizes[i] = sizeOf(version, ranges[i]);
            }
            return sizes;
        } finally {
            version.release();
        }
    }

    private static long sizeOf(final Version version, final KeyRange range) {
        if (range.isEmpty()) {
            return 0;
        }
        long bytes = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version.overlapping(level, range.fromInclusive(), range.toExclusive())) {
                bytes += sizeOf(table, range);
            }
        }
        return bytes;
    }

    /** Holds the reader itself: nobody is inside here, and who holds the table alone may see its reader closed as surplus. */
    private static long sizeOf(final TableFile table, final KeyRange range) {
        final TableReader reader = table.retainReader();
        try {
            final long from = offsetOf(reader, range.fromInclusive(), 0);
            final long to = offsetOf(reader, range.toExclusive(), table.meta().bytes());
            return Math.max(0, to - from);
        } finally {
            reader.release();
        }
    }

    private static long offsetOf(final TableReader reader, final byte[] key, final long withoutBound) {
        return key == null ? withoutBound : reader.offsetOf(new UnsafeBuffer(key), 0, key.length);
    }

    String property(final String name) {
        return switch (name) {
            case "avccdb.levels" -> parts.versions().levelsText();
            case "avccdb.sstables" -> tables();
            case "avccdb.stats" -> stats().toString();
            case "avccdb.memory" -> parts.ledger().toString();
            case "avccdb.identity" -> parts.versions().identity().toString();
            default -> filesAtLevel(name);
        };
    }

    private String filesAtLevel(final String name) {
        if (!name.startsWith(FILES_AT_LEVEL)) {
            return null;
        }
        final String level = name.substring(FILES_AT_LEVEL.length());
        if (level.length() != 1 || level.charAt(0) < '0' || level.charAt(0) >= '0' + Version.LEVELS) {
            return null;
        }
        return Integer.toString(parts.versions().current().level(level.charAt(0) - '0').length);
    }

    private String tables() {
        final Version version = parts.versions().acquire();
        try {
            final StringBuilder text = new StringBuilder();
            for (int level = 0; level < Version.LEVELS; level++) {
                text.append("--- level ").append(level).append(" ---\n");
                for (final TableFile table : version.level(level)) {
                    text.append(table.meta()).append('\n');
                }
            }
            return text.toString();
        } finally {
            version.release();
        }
    }

    Stats stats() {
        final Views.PinStats pins = parts.views().pinStats();
        final WriteSide side = parts.writeSide();
        final Map<MemoryPurpose, Long> memory = new EnumMap<>(MemoryPurpose.class);
        for (final MemoryPurpose purpose : MemoryPurpose.values()) {
            memory.put(purpose, parts.ledger().bytes(purpose));
        }
        return parts.metrics()
                .stats(new Gauges(
                        levels(),
                        new Stats.Memtables(
                                side == null ? 0 : parts.runs().activeBytes(),
                                side == null ? 0 : parts.runs().frozenCount(),
                                side == null ? 0 : parts.runs().frozenBytes(),
                                pins.bytes(),
                                pins.oldestAgeNanos()),
                        new Stats.BlockCache(
                                parts.options().blockCacheBytes(),
                                parts.ledger().bytes(MemoryPurpose.BLOCK_CACHE),
                                parts.blocks().hits(),
                                parts.blocks().misses()),
                        new Stats.Readers(
                                parts.views().openSnapshots(), parts.cursors().open()),
                        memory,
                        parts.tables().open(),
                        side == null ? 0 : side.journal().neededBytes(),
                        side == null ? 0 : side.front().queued(),
                        parts.options().ringSlots()));
    }

    private List<Gauges.LevelSize> levels() {
        final Version version = parts.versions().acquire();
        try {
            final List<Gauges.LevelSize> sizes = new ArrayList<>();
            for (int level = 0; level < Version.LEVELS; level++) {
                sizes.add(new Gauges.LevelSize(version.level(level).length, version.bytes(level)));
            }
            return sizes;
        } finally {
            version.release();
        }
    }
}
