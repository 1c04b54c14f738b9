package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.table.TableFile;

/**
 * What running flushes and compactions have claimed: levels, and the user keys in them. Any thread may call it.
 *
 * <p>Whoever makes a plan holds this object's monitor while it takes the current version, chooses and claims; and a claim is
 * released only after the edit has been applied, or the outputs deleted. So what a plan saw is still true when its edit
 * comes:
 *
 * <ol>
 *   <li>Of two claims that have a level from 1 in common, none has a key in common with the other.
 *   <li>Of two claims that take tables from level 0, whatever their keys, all of one are newer than all of the other; only the
 *       oldest leave level 0, so one claim at a time does that.
 *   <li>No table inside a claim is removed, and none is added, but by the claim's own edit. (Tables added to level 0 are not
 *       claimed: they are newer than everything.)
 * </ol>
 */
public final class InFlight {
    /** Levels from one to another, both included, and keys in them; of level 0, what has these sequence numbers. */
    public static final class Claim {
        private final int fromLevel;
        private final int toLevel;
        private final KeySpan span;
        private final Sequences sequences;

        Claim(final int fromLevel, final int toLevel, final KeySpan span, final Sequences sequences) {
            this.fromLevel = fromLevel;
            this.toLevel = toLevel;
            this.span = span;
            this.sequences = sequences;
        }

        private boolean conflicts(final Claim other) {
            if (fromLevel == 0 && other.fromLevel == 0 && sequences.overlap(other.sequences)) {
                return true;
            }
            final int from = Math.max(1, Math.max(fromLevel, other.fromLevel));
            return from <= Math.min(toLevel, other.toLevel) && span.overlaps(other.span);
        }
    }

    private final List<Claim> claims = new ArrayList<>();

    /** Whether these keys may not be claimed in these levels now, with all of level 0 if that is one of them. */
    public boolean conflicts(final int fromLevel, final int toLevel, final KeySpan span) {
        return conflicts(fromLevel, toLevel, span, Sequences.ALL);
    }

    /** The same with some of level 0. */
    boolean conflicts(final int fromLevel, final int toLevel, final KeySpan span, final Sequences sequences) {
        return conflicts(new Claim(fromLevel, toLevel, span, sequences));
    }

    private synchronized boolean conflicts(final Claim wanted) {
        for (final Claim claim : claims) {
            if (claim.conflicts(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Claims what does not conflict. */
    public Claim claim(final int fromLevel, final int toLevel, final KeySpan span) {
        return claim(fromLevel, toLevel, span, Sequences.ALL);
    }

    /** The same with some of level 0. */
    synchronized Claim claim(final int fromLevel, final int toLevel, final KeySpan span, final Sequences sequences) {
        final Claim claim = new Claim(fromLevel, toLevel, span, sequences);
        if (conflicts(claim)) {
            throw new IllegalStateException("levels " + fromLevel + " to " + toLevel + " claimed twice");
        }
        claims.add(claim);
        return claim;
    }

    /** How many of the newest tables of level 0 are newer than all that is claimed there. */
    synchronized int unclaimed(final TableFile[] newestFirst) {
        long highest = -1;
        for (final Claim claim : claims) {
            if (claim.fromLevel == 0) {
                highest = Math.max(highest, claim.sequences.highest());
            }
        }
        int count = 0;
        while (count < newestFirst.length && newestFirst[count].meta().minSequence() > highest) {
            count++;
        }
        return count;
    }

    /** Releases a claim; nothing happens if it has been released. */
    public synchronized void release(final Claim claim) {
        claims.remove(claim);
    }

    /** How many claims there are. */
    public synchronized int size() {
        return claims.size();
    }
}
