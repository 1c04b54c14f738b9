package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.avccdb.Limits;
import org.avccdb.engine.table.TableFile;

/**
 * The tables of the database between two edits. Any thread may call any method.
 *
 * <ol>
 *   <li>But for its reference count a version never changes, and the arrays that it hands out are not to be changed.
 *   <li>While its count is above zero it holds a reference on each of its tables. It is made with a count of one, which
 *       belongs to the {@link VersionSet}; a count of zero is final.
 *   <li>Level 0: of two tables that share a user key, the one with the lower index has only higher sequence numbers.
 *       Levels from 1: no two tables share a user key, and they are ordered by key.
 * </ol>
 */
public final class Version {
    /** How many levels there are. */
    public static final int LEVELS = Limits.LEVELS;

    private final Level[] levels;
    private final long flushedSequence;
    private final AtomicInteger references = new AtomicInteger(1);

    private Version(final Level[] levels, final long flushedSequence) {
        this.levels = levels;
        this.flushedSequence = flushedSequence;
        for (final Level level : levels) {
            for (final TableFile table : level.tables) {
                table.retain();
            }
        }
    }

    /** Of levels that have no {@link Level#problem}. */
    static Version of(final Level[] levels, final long flushedSequence) {
        return new Version(levels, flushedSequence);
    }

    Level[] levels() {
        return levels;
    }

    /** The tables of a level, level 0 newest first, the others by key. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public TableFile[] level(final int level) {
        return levels[level].tables;
    }

    /** Lengths of the files of a level, added up. */
    public long bytes(final int level) {
        return levels[level].bytes;
    }

    public long records(final int level) {
        return levels[level].records;
    }

    public long keyDeletes(final int level) {
        return levels[level].keyDeletes;
    }

    public long versionDeletes(final int level) {
        return levels[level].versionDeletes;
    }

    /** Highest version of a put in a level, 0 where there is none above. */
    public long maxPutVersion(final int level) {
        return levels[level].maxPutVersion;
    }

    /** The highest sequence number in the tables, 0 if there is none. */
    public long maxSequence() {
        long highest = 0;
        for (final Level level : levels) {
            highest = Math.max(highest, level.maxSequence);
        }
        return highest;
    }

    /** All records up to this sequence number that are not dropped are in the tables. */
    public long flushedSequence() {
        return flushedSequence;
    }

    /** How many tables there are. */
    public int tables() {
        int count = 0;
        for (final Level level : levels) {
            count += level.tables.length;
        }
        return count;
    }

    /**
     * Where a key is in a level from 1: the index of the first table whose largest key is not below it, or the number of
     * tables. The table holds the key only if it also {@link #covers} it.
     */
    public int find(final int level, final DirectBuffer key, final int offset, final int length) {
        assert level > 0 : "level 0 is not ordered by key";
        return levels[level].find(key, offset, length);
    }

    /** Whether a key is in the range of keys of a table. */
    public boolean covers(
            final int level, final int index, final DirectBuffer key, final int offset, final int length) {
        return levels[level].beginsAtOrBefore(index, key, offset, length)
                && levels[level].endsAtOrBehind(index, key, offset, length);
    }

    /** Tables of a level that may have user keys in a range, both ends included and null for no end, in their order. */
    public List<TableFile> overlapping(final int level, final byte[] from, final byte[] to) {
        final List<TableFile> found = new ArrayList<>();
        for (final TableFile table : levels[level].tables) {
            if ((to == null || Arrays.compareUnsigned(table.meta().smallestKey(), to) <= 0)
                    && (from == null || Arrays.compareUnsigned(table.meta().largestKey(), from) >= 0)) {
                found.add(table);
            }
        }
        return found;
    }

    /** Takes a reference; the caller must have one, or be sure that somebody does. */
    public void retain() {
        if (!tryRetain()) {
            throw new IllegalStateException("a version is to be kept that has been let go already");
        }
    }

    /** Takes a reference, unless the last one has gone. */
    public boolean tryRetain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    /** Lets a reference go; the last one lets the tables go. */
    public void release() {
        final int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a version is let go more often than it was kept");
        }
        if (left == 0) {
            for (final Level level : levels) {
                for (final TableFile table : level.tables) {
                    table.release();
                }
            }
        }
    }
}
