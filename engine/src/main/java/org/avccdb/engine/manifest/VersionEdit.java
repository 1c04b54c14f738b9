package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.avccdb.engine.table.TableMeta;

/**
 * A change of what the database consists of, which takes effect as a whole or not at all. A table that is removed from one
 * level and added to another in the same edit moves. Not safe for use by several threads.
 */
public final class VersionEdit {
    static final long UNSET = -1;

    private final List<Added> added = new ArrayList<>();
    private final List<Removed> removed = new ArrayList<>();
    private final Map<Long, SegmentEnd> segmentEnds = new TreeMap<>();
    private final Map<Integer, byte[]> compactionPointers = new TreeMap<>();
    private long oldestJournal = UNSET;
    private long lastSequence = UNSET;
    private long flushedSequence = UNSET;
    private long nextNumber = UNSET;
    private long highestVersion = UNSET;
    private boolean hasAppliedPosition;
    private long appliedPosition;
    private boolean cleanClose;

    /** A table that is there from now on. */
    public record Added(int level, TableMeta meta) {}

    /** A table that is no longer there. */
    public record Removed(int level, long number) {}

    public VersionEdit add(final int level, final TableMeta meta) {
        checkLevel(level);
        added.add(new Added(level, Objects.requireNonNull(meta)));
        return this;
    }

    public VersionEdit remove(final int level, final long number) {
        checkLevel(level);
        removed.add(new Removed(level, number));
        return this;
    }

    /** Journals with lower numbers are no longer needed. It never goes down: a lower one than before has no effect. */
    public VersionEdit oldestJournal(final long number) {
        oldestJournal = notNegative(number);
        return this;
    }

    /** A sequence number that has been used. It never goes down. */
    public VersionEdit lastSequence(final long sequence) {
        lastSequence = notNegative(sequence);
        return this;
    }

    /** Everything up to this sequence number is in tables. It never goes down. */
    public VersionEdit flushedSequence(final long sequence) {
        flushedSequence = notNegative(sequence);
        return this;
    }

    /** The highest version that was ever put, though it may be gone. It never goes down. */
    public VersionEdit highestVersion(final long version) {
        highestVersion = notNegative(version);
        return this;
    }

    /** The caller's number of the last batch that carried one; any number, in no order. */
    public VersionEdit appliedPosition(final long position) {
        hasAppliedPosition = true;
        appliedPosition = position;
        return this;
    }

    /** Where a journal segment that has been replayed ends. */
    public VersionEdit segmentEnd(final long segment, final long offset, final long last) {
        segmentEnds.put(notNegative(segment), new SegmentEnd(offset, last));
        return this;
    }

    /** Where the next compaction of a level begins: behind this user key. */
    public VersionEdit compactionPointer(final int level, final byte[] key) {
        checkLevel(level);
        compactionPointers.put(level, key.clone());
        return this;
    }

    /** The database is closed after this edit. It must come alone, so that nothing is lost with it. */
    public VersionEdit cleanClose() {
        cleanClose = true;
        return this;
    }

    /** File numbers below this may have been used; set by {@link VersionSet} alone. */
    VersionEdit nextNumber(final long number) {
        nextNumber = notNegative(number);
        return this;
    }

    /** Whether the edit changes nothing. */
    public boolean isEmpty() {
        return added.isEmpty()
                && removed.isEmpty()
                && segmentEnds.isEmpty()
                && compactionPointers.isEmpty()
                && oldestJournal == UNSET
                && lastSequence == UNSET
                && flushedSequence == UNSET
                && highestVersion == UNSET
                && !hasAppliedPosition
                && !cleanClose;
    }

    public List<Added> added() {
        return Collections.unmodifiableList(added);
    }

    public List<Removed> removed() {
        return Collections.unmodifiableList(removed);
    }

    Map<Long, SegmentEnd> segmentEnds() {
        return segmentEnds;
    }

    Map<Integer, byte[]> compactionPointers() {
        return compactionPointers;
    }

    /** -1 where the edit says nothing of it; so are the following. */
    long oldestJournal() {
        return oldestJournal;
    }

    long lastSequence() {
        return lastSequence;
    }

    long flushedSequence() {
        return flushedSequence;
    }

    long nextNumber() {
        return nextNumber;
    }

    long highestVersion() {
        return highestVersion;
    }

    boolean hasAppliedPosition() {
        return hasAppliedPosition;
    }

    long appliedPosition() {
        return appliedPosition;
    }

    boolean isCleanClose() {
        return cleanClose;
    }

    private static void checkLevel(final int level) {
        if (level < 0 || level >= Version.LEVELS) {
            throw new IllegalArgumentException("level " + level + " is not in 0.." + (Version.LEVELS - 1));
        }
    }

    private static long notNegative(final long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a negative number: " + number);
        }
        return number;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof VersionEdit that
                && added.equals(that.added)
                && removed.equals(that.removed)
                && segmentEnds.equals(that.segmentEnds)
                && pointersEqual(that)
                && oldestJournal == that.oldestJournal
                && lastSequence == that.lastSequence
                && flushedSequence == that.flushedSequence
                && nextNumber == that.nextNumber
                && highestVersion == that.highestVersion
                && hasAppliedPosition == that.hasAppliedPosition
                && appliedPosition == that.appliedPosition
                && cleanClose == that.cleanClose;
    }

    private boolean pointersEqual(final VersionEdit that) {
        return compactionPointers.keySet().equals(that.compactionPointers.keySet())
                && compactionPointers.entrySet().stream()
                        .allMatch(
                                entry -> Arrays.equals(entry.getValue(), that.compactionPointers.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(added, removed, nextNumber);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("edit:");
        removed.forEach(
                table -> text.append(" -").append(table.number()).append("@L").append(table.level()));
        added.forEach(table ->
                text.append(" +").append(table.meta().number()).append("@L").append(table.level()));
        append(text, "oldest journal", oldestJournal);
        append(text, "last sequence", lastSequence);
        append(text, "flushed sequence", flushedSequence);
        append(text, "next number", nextNumber);
        append(text, "highest version", highestVersion);
        if (hasAppliedPosition) {
            text.append(", applied position ").append(appliedPosition);
        }
        segmentEnds.forEach((segment, end) ->
                text.append(", segment ").append(segment).append(' ').append(end));
        compactionPointers
                .keySet()
                .forEach(level -> text.append(", pointer of L").append(level));
        return text.append(cleanClose ? ", clean close" : "").toString();
    }

    private static void append(final StringBuilder text, final String what, final long number) {
        if (number != UNSET) {
            text.append(", ").append(what).append(' ').append(number);
        }
    }
}
