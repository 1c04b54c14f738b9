package org.avccdb.engine.compaction;

import java.util.Arrays;
import java.util.List;
import org.avccdb.Options;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableFile;

/**
 * What is to be done with the tables of level 0; immutable.
 *
 * <p>What goes down makes all of level 1 that it overlaps be written anew, so it goes together, and not before it is as much
 * as that. Until then the newest tables, where there are enough of about one size, become one table of level 0: so lookups have
 * few of them to ask. While nothing is written, whatever there is goes down; fewer tables than start a compaction otherwise only
 * if they are not too little beside what must be written anew, else they become one table where that is cheap.
 */
final class Level0Choice {
    /** The kinds of work. */
    enum Kind {
        NOTHING,
        /** The newest tables become one. */
        WITHIN,
        /** The oldest tables go to level 1. */
        DOWN
    }

    /** A table is of about the size of the newest where it has at most so many times its bytes. */
    private static final int SIMILAR = 2;
    /** While nothing is written: about what a byte costs that goes from any deeper level to the next. */
    private static final int MOST_REWRITTEN_PER_BYTE = 10;
    /** Most that becomes one table of level 0; larger ones would take much memory while they are written. */
    private static final long MOST_BYTES_IN_ONE = 128L << 20;

    private final Kind kind;
    private final List<TableFile> newest;
    private final double score;

    private Level0Choice(final Kind kind, final List<TableFile> newest, final double score) {
        this.kind = kind;
        this.newest = newest;
        this.score = score;
    }

    /**
     * Chooses.
     *
     * @param free how many of the newest tables nobody is at work with
     * @param resting whether nothing is being written
     */
    static Level0Choice of(final Version version, final Options options, final int free, final boolean resting) {
        final List<TableFile> tables = Arrays.asList(version.level(0));
        final int trigger = options.compactionL0Trigger();
        final double score = (double) tables.size() / trigger;
        if (score < 1) {
            return resting && !tables.isEmpty()
                    ? tidying(version, tables, free)
                    : new Level0Choice(Kind.NOTHING, List.of(), score);
        }
        if (free == tables.size() && (resting || isWorthGoingDown(version, tables, options))) {
            return new Level0Choice(Kind.DOWN, List.of(), score);
        }
        return within(tables, free, Math.max(2, trigger));
    }

    /** What is worth while when nobody waits for it: so that lookups and scans of what follows have fewer runs to ask. */
    private static Level0Choice tidying(final Version version, final List<TableFile> tables, final int free) {
        if (free == tables.size()
                && Tables.overlappingBytes(version, 1, Tables.span(tables))
                        <= MOST_REWRITTEN_PER_BYTE * Tables.bytes(tables)) {
            return new Level0Choice(Kind.DOWN, List.of(), 1);
        }
        return within(tables, free, 2);
    }

    /** The newest tables become one, if at least so many are of about one size. */
    private static Level0Choice within(final List<TableFile> tables, final int free, final int least) {
        final int similar = similar(tables, free);
        return similar >= least && areApart(tables, 0, similar)
                ? new Level0Choice(Kind.WITHIN, tables.subList(0, similar), (double) similar / least)
                : new Level0Choice(Kind.NOTHING, List.of(), Math.nextDown(1.0));
    }

    private static boolean isWorthGoingDown(
            final Version version, final List<TableFile> tables, final Options options) {
        // One more, and writers would be slowed down for the sake of a cheap compaction.
        return tables.size() + 1 >= options.writeL0SlowdownTrigger()
                || Tables.overlappingBytes(version, 1, Tables.span(tables)) <= Tables.bytes(tables);
    }

    /** How many of the newest tables are of about one size, and not too much together. */
    private static int similar(final List<TableFile> tables, final int free) {
        long bytes = 0;
        int count = 0;
        while (count < free) {
            final long next = tables.get(count).meta().bytes();
            if (next > SIMILAR * tables.get(0).meta().bytes() || bytes + next > MOST_BYTES_IN_ONE) {
                break;
            }
            bytes += next;
            count++;
        }
        return count;
    }

    /**
     * Whether no other table of level 0 has sequence numbers between those of some of them: so that one table can stand for
     * these.
     *
     * @param tables newest first
     * @param from the first of these
     * @param to behind the last
     */
    static boolean areApart(final List<TableFile> tables, final int from, final int to) {
        final Sequences own = Sequences.of(tables.subList(from, to));
        for (int i = 0; i < tables.size(); i++) {
            if ((i < from || i >= to) && own.overlap(Sequences.of(List.of(tables.get(i))))) {
                return false;
            }
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    /** The tables that become one, newest first, where there are such. */
    List<TableFile> newest() {
        return newest;
    }

    /** At least 1 where something is to be done. */
    double score() {
        return score;
    }
}
