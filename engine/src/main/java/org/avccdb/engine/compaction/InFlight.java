package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;

/**
 * What running flushes and compactions have claimed: levels, and the user keys in them. Any thread may call it.
 *
 * <p>Whoever makes a plan holds this object's monitor while it takes the current version, chooses and claims; and a claim is
 * released only after the edit has been applied, or the outputs deleted. So what a plan saw is still true when its edit
 * comes:
 *
 * <ol>
 *   <li>Of two claims that have a level in common, none has a key in common with the other.
 *   <li>At most one claim takes tables from level 0, whatever their keys: level 0 is left oldest first.
 *   <li>No table inside a claim is removed, and none is added, but by the claim's own edit. (Tables added to level 0 are not
 *       claimed: they are newer than everything.)
 * </ol>
 */
public final class InFlight {
    /** Levels from one to another, both included, and keys in them. */
    public static final class Claim {
        private final int fromLevel;
        private final int toLevel;
        private final KeySpan span;

        Claim(final int fromLevel, final int toLevel, final KeySpan span) {
            this.fromLevel = fromLevel;
            this.toLevel = toLevel;
            this.span = span;
        }

        private boolean conflicts(final int from, final int to, final KeySpan keys) {
            if (from > toLevel || to < fromLevel) {
                return false;
            }
            return (from == 0 && fromLevel == 0) || span.overlaps(keys);
        }
    }

    private final List<Claim> claims = new ArrayList<>();

    /** Whether these keys may not be claimed in these levels now. */
    public synchronized boolean conflicts(final int fromLevel, final int toLevel, final KeySpan span) {
        for (final Claim claim : claims) {
            if (claim.conflicts(fromLevel, toLevel, span)) {
                return true;
            }
        }
        return false;
    }

    /** Claims what does not conflict. */
    public synchronized Claim claim(final int fromLevel, final int toLevel, final KeySpan span) {
        if (conflicts(fromLevel, toLevel, span)) {
            throw new IllegalStateException("levels " + fromLevel + " to " + toLevel + " claimed twice");
        }
        final Claim claim = new Claim(fromLevel, toLevel, span);
        claims.add(claim);
        return claim;
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
