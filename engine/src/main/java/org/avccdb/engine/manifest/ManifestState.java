package org.avccdb.engine.manifest;

import java.util.Map;
import java.util.TreeMap;

/** What the edits so far say, but for the tables. Never changed once it is shared between threads. */
final class ManifestState {
    private long oldestJournal;
    private long lastSequence;
    private long flushedSequence;
    private long nextNumber = VersionEdit.UNSET;
    private long highestVersion;
    private boolean hasAppliedPosition;
    private long appliedPosition;
    private boolean cleanlyClosed;
    private final Map<Long, SegmentEnd> segmentEnds = new TreeMap<>();
    private final Map<Integer, byte[]> compactionPointers = new TreeMap<>();

    /** What it is after an edit. */
    ManifestState after(final VersionEdit edit) {
        final ManifestState next = new ManifestState();
        next.oldestJournal = Math.max(oldestJournal, edit.oldestJournal());
        next.lastSequence = Math.max(lastSequence, edit.lastSequence());
        next.flushedSequence = Math.max(flushedSequence, edit.flushedSequence());
        next.nextNumber = edit.nextNumber() == VersionEdit.UNSET ? nextNumber : edit.nextNumber();
        next.highestVersion = Math.max(highestVersion, edit.highestVersion());
        next.hasAppliedPosition = hasAppliedPosition || edit.hasAppliedPosition();
        next.appliedPosition = edit.hasAppliedPosition() ? edit.appliedPosition() : appliedPosition;
        next.cleanlyClosed = edit.isCleanClose();
        next.segmentEnds.putAll(segmentEnds);
        next.segmentEnds.putAll(edit.segmentEnds());
        next.segmentEnds.keySet().removeIf(segment -> segment < next.oldestJournal);
        next.compactionPointers.putAll(compactionPointers);
        next.compactionPointers.putAll(edit.compactionPointers());
        return next;
    }

    /** An edit that makes this from nothing. */
    VersionEdit snapshot() {
        final VersionEdit edit = new VersionEdit()
                .oldestJournal(oldestJournal)
                .lastSequence(lastSequence)
                .flushedSequence(flushedSequence)
                .highestVersion(highestVersion);
        if (hasAppliedPosition) {
            edit.appliedPosition(appliedPosition);
        }
        segmentEnds.forEach((segment, end) -> edit.segmentEnd(segment, end.offset(), end.lastSequence()));
        compactionPointers.forEach(edit::compactionPointer);
        return edit;
    }

    long oldestJournal() {
        return oldestJournal;
    }

    long lastSequence() {
        return lastSequence;
    }

    long flushedSequence() {
        return flushedSequence;
    }

    /** Or -1. */
    long nextNumber() {
        return nextNumber;
    }

    long highestVersion() {
        return highestVersion;
    }

    long appliedPosition() {
        return appliedPosition;
    }

    boolean isCleanlyClosed() {
        return cleanlyClosed;
    }

    Map<Long, SegmentEnd> segmentEnds() {
        return segmentEnds;
    }

    Map<Integer, byte[]> compactionPointers() {
        return compactionPointers;
    }
}
