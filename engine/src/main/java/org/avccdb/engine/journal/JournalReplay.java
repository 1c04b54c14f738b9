package org.avccdb.engine.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.LogFile;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Reads the journal back: all groups in their order, up to where it ends. What is a torn tail and what is corruption is
 * explained in Journal.md. For one thread and one run; it writes nothing.
 */
public final class JournalReplay {
    private static final String NO_RECORD = "no whole record";

    private final Storage storage;
    private final byte[] databaseId;
    private final long oldest;
    private final long after;
    private final Map<Long, SegmentEnd> ended;

    private final List<SegmentEnd> ends = new ArrayList<>();
    private List<SegmentReader> segments;
    private long lastSequence;
    private SegmentEnd last;
    /** Of the last segment that counts: where its records end, whatever the reason. */
    private int lastBad;

    private int lastIndex;
    private boolean lastEndMark;
    private boolean clean;
    private long groups;
    private long entries;
    private long bytes;
    private String tail = "";

    /**
     * @param oldest the number of the oldest segment that is needed; 0: that of the oldest one there is
     * @param after records up to this sequence number are in tables, every one of them
     * @param ended where segments of the time before end, as a recovery decided once; it had made sure that what is before
     *     those ends is on disk ({@link #sync})
     */
    public JournalReplay(
            final Storage storage,
            final byte[] databaseId,
            final long oldest,
            final long after,
            final Map<Long, SegmentEnd> ended) {
        this.storage = storage;
        this.databaseId = databaseId.clone();
        this.oldest = oldest;
        this.after = after;
        this.ended = Map.copyOf(ended);
    }

    /** Numbers of the segments that are there, from this one on, ascending. */
    public static List<Long> present(final Storage storage, final long oldest) {
        final TreeSet<Long> numbers = new TreeSet<>();
        for (final String name : storage.list()) {
            if (FileNames.type(name) == FileType.JOURNAL && FileNames.number(name) >= oldest) {
                numbers.add(FileNames.number(name));
            }
        }
        return List.copyOf(numbers);
    }

    /** The id of the database that the journals in a directory belong to, or null where none of them has an intact header. */
    public static byte[] databaseId(final Storage storage) {
        final Checksum checksum = new Checksum();
        for (final long number : present(storage, 0)) {
            try (ReadFile file = storage.open(FileNames.journal(number))) {
                if (file.length() >= SegmentDescriptor.HEADER_LENGTH) {
                    final DirectBuffer header = file.map(0, SegmentDescriptor.HEADER_LENGTH);
                    if (SegmentDescriptor.isIntact(header, checksum)) {
                        return SegmentDescriptor.databaseId(header);
                    }
                }
            }
        }
        return null;
    }

    /** Makes a segment durable as it is, which must come before its end is recorded. */
    public static void sync(final Storage storage, final long number) {
        final String name = FileNames.journal(number);
        try (LogFile log = storage.recycleLog(name, name)) {
            log.sync();
        }
    }

    /**
     * Replays.
     *
     * @param handler is handed every group that has a record after the sequence number asked for, or that has none that
     *     takes a number and stands behind it
     */
    public ReplayResult run(final GroupHandler handler) {
        segments = new ArrayList<>();
        try {
            for (final long number : present(storage, oldest)) {
                final SegmentEnd end = ended.get(number);
                if (end == null || end.end() != 0) {
                    segments.add(new SegmentReader(storage, number, databaseId));
                } else {
                    ends.add(end);
                }
            }
            lastSequence = after;
            replay(handler);
            handler.end();
        } finally {
            segments.forEach(SegmentReader::close);
        }
        ends.sort((a, b) -> Long.compare(a.number(), b.number()));
        return new ReplayResult(
                Math.max(lastSequence, after),
                Collections.unmodifiableList(ends),
                last,
                clean,
                groups,
                entries,
                bytes,
                tail);
    }

    private void replay(final GroupHandler handler) {
        for (int i = firstNeeded(); i < segments.size(); i++) {
            final SegmentReader segment = segments.get(i);
            if (!segment.isStarted()) {
                if (ended.containsKey(segment.number())) {
                    throw new CorruptionException(segment.name(), 0, "a damaged header");
                }
                if (isBypassed(i)) {
                    ends.add(new SegmentEnd(segment.number(), 0, lastSequence));
                    continue;
                }
                stop(i, 0, "no whole header");
                return;
            }
            if (!followsOn(segment)) {
                stop(lastIndex, lastBad, NO_RECORD);
                return;
            }
            readSegment(i, segment, handler);
        }
        if (last != null && !lastIsEnded()) {
            stop(lastIndex, lastBad, NO_RECORD);
        }
        clean = lastEndMark;
    }

    /**
     * Where nobody knows which segment is the oldest one needed, those are left out whose records are all in tables: their
     * tails may be lost, since nobody synced them any more.
     */
    private int firstNeeded() {
        for (int i = segments.size() - 1; i > 0 && oldest == 0; i--) {
            final SegmentReader segment = segments.get(i);
            if (segment.isStarted() && segment.segmentFirstSequence() <= after + 1) {
                return i;
            }
        }
        return 0;
    }

    /** Whether this segment was prepared but never written to: the one after it says that another one came before. */
    private boolean isBypassed(final int index) {
        for (int i = index + 1; i < segments.size(); i++) {
            if (segments.get(i).isStarted()) {
                return segments.get(i).previousNumber() < segments.get(index).number();
            }
        }
        return false;
    }

    /** Whether a segment begins where the last one ended; false where a tail of that one is lost. */
    private boolean followsOn(final SegmentReader segment) {
        final long previous = segment.previousNumber();
        final long first = segment.segmentFirstSequence();
        if (last == null) {
            requirePresent(segment, previous);
            requireNoGap(segment, first);
            lastSequence = first - 1;
            return true;
        }
        if (previous == last.number()) {
            if (segment.previousEnd() > last.end() && !lastIsEnded()) {
                return false;
            }
            if (segment.previousEnd() != last.end()) {
                throw damagedHeader(
                        segment,
                        "segment " + previous + " ends at " + last.end() + ", not at " + segment.previousEnd());
            }
        } else if (previous == 0) {
            if (first > lastSequence + 1 && !lastIsEnded()) {
                return false;
            }
        } else {
            requirePresent(segment, previous);
            throw damagedHeader(segment, "follows segment " + previous + ", not " + last.number());
        }
        if (first <= lastSequence) {
            throw damagedHeader(
                    segment, "begins at sequence number " + first + " when " + lastSequence + " was written");
        }
        // Numbers between were given to what went to tables past the journal.
        lastSequence = first - 1;
        return true;
    }

    /** Whether it is known where the last segment ends, so that nothing behind counts. */
    private boolean lastIsEnded() {
        return lastEndMark || ended.containsKey(last.number());
    }

    /** A segment is in the directory for good before it is written to: no power cut takes it away. */
    private void requirePresent(final SegmentReader segment, final long previous) {
        final boolean isThere = segments.stream().anyMatch(other -> other.number() == previous);
        if (oldest != 0 && previous >= oldest && !isThere && !ended.containsKey(previous)) {
            throw new CorruptionException(
                    FileNames.journal(previous), -1, "is missing; " + segment.name() + " was written after it");
        }
    }

    /** Where it is known which segment is the oldest one needed, what is before it is in tables. */
    private void requireNoGap(final SegmentReader segment, final long first) {
        if (oldest != 0 && first > after + 1) {
            throw new CorruptionException(
                    segment.name(),
                    0,
                    "begins at sequence number " + first + ", but tables hold only what is up to " + after
                            + ": records between are missing, or the manifest's last edits are");
        }
    }

    private static CorruptionException damagedHeader(final SegmentReader segment, final String what) {
        return new CorruptionException(segment.name(), 0, what);
    }

    private void readSegment(final int index, final SegmentReader segment, final GroupHandler handler) {
        final SegmentEnd known = ended.get(segment.number());
        final int limit = known == null ? Integer.MAX_VALUE : known.end();
        int at = SegmentDescriptor.HEADER_LENGTH;
        int end = at;
        boolean endMark = false;
        while (at < limit && segment.read(at)) {
            if (segment.type() == GroupDescriptor.TYPE_END) {
                endMark = true;
                break;
            }
            final boolean isGroup = segment.type() == GroupDescriptor.TYPE_GROUP;
            if (isGroup) {
                readGroup(segment, handler);
            }
            at = segment.next();
            end = isGroup ? at : end;
        }
        if (known != null && (end != known.end() || lastSequence != known.lastSequence())) {
            throw new CorruptionException(
                    segment.name(),
                    at,
                    "no whole record, in a segment that ended at " + known.end() + " with sequence number "
                            + known.lastSequence());
        }
        last = new SegmentEnd(segment.number(), end, lastSequence);
        lastIndex = index;
        lastBad = at;
        lastEndMark = endMark;
        ends.add(last);
        handler.segmentEnd(segment.number());
    }

    private void readGroup(final SegmentReader segment, final GroupHandler handler) {
        final long first = segment.firstSequence();
        if (first != lastSequence + 1) {
            throw new CorruptionException(
                    segment.name(), segment.offset(), "sequence number " + first + " behind " + lastSequence);
        }
        final int numbered = checkEntries(segment);
        if (numbered > RecordDescriptor.MAX_SEQUENCE - lastSequence) {
            throw new CorruptionException(segment.name(), segment.offset(), "sequence numbers that are too high");
        }
        lastSequence += numbered;
        if (numbered == 0 ? first > after : lastSequence > after) {
            groups++;
            entries += segment.entryCount();
            bytes += segment.payloadLength();
            handler.group(
                    first, segment.content(), segment.payloadOffset(), segment.payloadLength(), segment.entryCount());
        }
    }

    /** Checks all entries of a group; returns how many of them take a sequence number. */
    private static int checkEntries(final SegmentReader segment) {
        final int limit = segment.payloadOffset() + segment.payloadLength();
        int numbered = 0;
        int count = 0;
        int at = segment.payloadOffset();
        while (at < limit) {
            final String problem = EntryDescriptor.problem(segment.content(), at, limit);
            if (problem != null) {
                throw new CorruptionException(segment.name(), at, problem);
            }
            if (GroupDescriptor.takesSequence(EntryDescriptor.type(segment.content(), at))) {
                numbered++;
            }
            count++;
            at = EntryDescriptor.end(segment.content(), at);
        }
        if (count != segment.entryCount()) {
            throw new CorruptionException(
                    segment.name(), segment.offset(), count + " entries, not " + segment.entryCount());
        }
        return numbered;
    }

    /**
     * Ends the journal at a bad record, unless something shows that it was synced.
     *
     * @param index of the segment it is in
     * @param bad its offset; 0: the segment's header
     */
    private void stop(final int index, final int bad, final String what) {
        if (last != null && lastIndex != index && !lastIsEnded()) {
            requireUnclaimed(segments.get(lastIndex), lastBad, NO_RECORD);
        }
        final SegmentReader damaged = segments.get(index);
        requireUnclaimed(damaged, bad, what);
        for (int i = index + 1; i < segments.size(); i++) {
            final SegmentReader later = segments.get(i);
            if (ended.containsKey(later.number())) {
                throw new CorruptionException(damaged.name(), bad, what + ", but " + later.name() + " counts");
            }
            final int laterClaim = later.findClaim(SegmentDescriptor.HEADER_LENGTH, 0);
            if (laterClaim >= 0) {
                throw new CorruptionException(
                        damaged.name(),
                        bad,
                        what + ", but it was synced, as " + later.name() + " says at " + laterClaim);
            }
        }
        for (final SegmentReader segment : segments.subList(index, segments.size())) {
            if (last == null || segment.number() > last.number()) {
                ends.add(new SegmentEnd(segment.number(), 0, lastSequence));
            }
        }
        clean = lastEndMark && segments.subList(index, segments.size()).stream().noneMatch(SegmentReader::isStarted);
        tail = damaged.name() + ", offset " + bad + ": " + what;
    }

    private static void requireUnclaimed(final SegmentReader segment, final int bad, final String what) {
        final int claim = segment.findClaim(Math.max(bad, SegmentDescriptor.HEADER_LENGTH), bad);
        if (claim >= 0) {
            throw new CorruptionException(
                    segment.name(), bad, what + ", but it was synced, as the record at " + claim + " says");
        }
    }
}
