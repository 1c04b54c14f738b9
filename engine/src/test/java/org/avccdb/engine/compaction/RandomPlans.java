package org.avccdb.engine.compaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.avccdb.CompactionCause;
import org.avccdb.KeyRange;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableFile;

/** Compactions that are allowed, though nobody may want them. */
final class RandomPlans {
    private final TaskContext context;
    private final Random random;

    RandomPlans(final TaskContext context, final Random random) {
        this.context = context;
        this.random = random;
    }

    /** Some compaction, claimed; null where the dice fall on one that is not possible now. */
    Compaction pick() {
        synchronized (context.inFlight()) {
            final Version version = context.versions().current();
            final int level = random.nextInt(Tables.deepestLevel(version) + 1);
            final Compaction plan = level == 0 ? level0(version) : level(version, level);
            return plan == null || plan.conflicts(context.inFlight()) ? null : plan.claim(context.inFlight());
        }
    }

    private Compaction level0(final Version version) {
        final List<TableFile> oldestFirst = new ArrayList<>(Arrays.asList(version.level(0)));
        Collections.reverse(oldestFirst);
        if (oldestFirst.isEmpty()) {
            return null;
        }
        if (random.nextInt(3) == 0) {
            final List<TableFile> newestFirst = Arrays.asList(version.level(0));
            final int from = random.nextInt(newestFirst.size());
            final int to = from + 1 + random.nextInt(newestFirst.size() - from);
            return Level0Choice.areApart(newestFirst, from, to)
                    ? CompactionPicker.withinLevel0(context, version, newestFirst.subList(from, to))
                    : null;
        }
        final int count = 1 + random.nextInt(oldestFirst.size());
        return CompactionPicker.level0(
                CompactionCause.RANGE, context, version, oldestFirst.subList(0, count), random.nextBoolean());
    }

    private Compaction level(final Version version, final int level) {
        final TableFile[] tables = version.level(level);
        if (tables.length == 0) {
            return null;
        }
        if (level == Version.LEVELS - 1 || random.nextInt(3) == 0) {
            final int from = random.nextInt(tables.length);
            final int to = from + 1 + random.nextInt(tables.length - from);
            return new Compaction(
                    CompactionCause.RANGE,
                    context.options(),
                    version,
                    level,
                    level,
                    Arrays.asList(tables).subList(from, to),
                    List.of(),
                    false);
        }
        // Any subset will do: what is left in the level stays newer than what comes below it.
        final List<TableFile> upper = new ArrayList<>();
        for (final TableFile table : tables) {
            if (random.nextInt(tables.length) < 3) {
                upper.add(table);
            }
        }
        if (upper.isEmpty()) {
            return null;
        }
        final List<TableFile> lower = Tables.overlapping(version, level + 1, Tables.span(upper));
        return new Compaction(
                CompactionCause.RANGE,
                context.options(),
                version,
                level,
                level + 1,
                upper,
                lower,
                random.nextBoolean());
    }

    /** Some range, which may be empty. */
    KeyRange range(final int keys) {
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.all();
            case 1 -> KeyRange.atLeast(key(keys));
            case 2 -> KeyRange.lessThan(key(keys));
            default -> KeyRange.of(key(keys), key(keys));
        };
    }

    private byte[] key(final int keys) {
        return String.format("k%04d", random.nextInt(keys)).getBytes(StandardCharsets.UTF_8);
    }
}
