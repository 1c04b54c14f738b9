package org.avccdb.engine.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.LogFile;
import org.avccdb.engine.storage.Storage;

/**
 * The journal that is being written: the active segment, those before it, the next one, spare files.
 *
 * <p>Two roles use it, each in one thread at a time, passed on with a happens-before of its own. The <b>writer</b>: {@link
 * #room}, {@link #begin}, {@link #add}, {@link #end}, {@link #abandon}, {@link #sync}, {@link #rotate}, {@link #finish},
 * {@link #activeNumber}, {@link #position}. The <b>background</b>: {@link #prepareNext}, {@link #retire}. Any thread may
 * ask {@link #isNextReady}. {@link #close} comes after both have ended. None of it takes a lock.
 *
 * <ol>
 *   <li>A segment's file is there for good, under its name and with its blocks, before the writer can see it.
 *   <li>Segments are synced in the order in which they were written, the active one last; so what a record says to be synced
 *       always covers all earlier segments but retired ones, whose content is in tables.
 *   <li>{@code next} is put there by the background alone, and only while it is empty; each side takes what is in it by an
 *       exchange, so that it belongs to one.
 *   <li>{@code behind} is the writer's, {@code segments}, {@code retiring} and {@code spares} are the background's; a segment
 *       changes hands by its state alone ({@link Segment}).
 *   <li>After a failure of a write, or of a sync that anything depends on, every call throws that failure.
 * </ol>
 */
public final class Journal implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Storage storage;
    private final byte[] databaseId;
    private final int segmentBytes;
    private final int maxSpares;
    private final LongSupplier numbers;
    private final JournalFailure failure = new JournalFailure();

    private final AtomicReference<Segment> next = new AtomicReference<>();

    // The writer's.
    private final ArrayDeque<Segment> behind = new ArrayDeque<>();
    private Segment active;
    private long previousNumber;
    private int previousEnd;

    // The background's.
    private final Map<Long, Segment> segments = new HashMap<>();
    private final List<Segment> retiring = new ArrayList<>();
    private final ArrayDeque<Long> spares = new ArrayDeque<>();

    /**
     * A journal without a segment; {@link #prepareNext} and {@link #rotate} give it the first. Spare files that are there are
     * used, or deleted.
     *
     * @param segmentBytes length of a segment, rounded up to whole blocks
     * @param maxSpares spare files that are kept
     * @param numbers gives each segment its number, higher than any before
     * @param previous the last segment of the time before that counts, or null where there is none
     */
    public Journal(
            final Storage storage,
            final byte[] databaseId,
            final int segmentBytes,
            final int maxSpares,
            final LongSupplier numbers,
            final SegmentEnd previous) {
        if (databaseId.length != SegmentDescriptor.ID_LENGTH) {
            throw new IllegalArgumentException("a database id of " + databaseId.length + " bytes");
        }
        this.storage = storage;
        this.databaseId = databaseId.clone();
        this.segmentBytes = fileLength(segmentBytes);
        this.maxSpares = maxSpares;
        this.numbers = numbers;
        if (previous != null) {
            previousNumber = previous.number();
            previousEnd = previous.end();
        }
        adoptSpares();
    }

    /** Writer: payload bytes that one more group can have; 0 where there is no segment. */
    public int room() {
        return active == null ? 0 : active.writer.room();
    }

    /** Writer: the number of the active segment, 0 where there is none. */
    public long activeNumber() {
        return active == null ? 0 : active.number;
    }

    /** Writer: where the active segment's last group ends, 0 where there is no segment. */
    public int position() {
        return active == null ? 0 : active.writer.groupEnd();
    }

    /** Writer: begins a group ({@link JournalWriter#begin}). */
    public void begin(final long firstSequence, final boolean syncFollows) {
        active.writer.begin(firstSequence, syncFollows);
    }

    /** Writer: adds to the group; the source has a byte array or a byte buffer. */
    public void add(final DirectBuffer source, final int offset, final int length) {
        active.writer.add(source, offset, length);
    }

    /** Writer: ends the group. When it returns, the group survives the death of the process. */
    public void end(final int entryCount) {
        active.writer.end(entryCount);
    }

    /** Writer: forgets the group that has begun, if one has; never throws. */
    public void abandon() {
        if (active != null) {
            active.writer.abandon();
        }
    }

    /** Writer: makes all groups so far durable, the earlier segments' first. */
    public void sync() {
        failure.check();
        for (Segment segment = behind.peekFirst(); segment != null; segment = behind.peekFirst()) {
            syncBehind(segment);
            behind.removeFirst();
        }
        if (active != null) {
            active.writer.sync();
        }
    }

    private static void syncBehind(final Segment segment) {
        if (!segment.compareAndBecome(Segment.State.BEHIND, Segment.State.SYNCING)) {
            return;
        }
        Segment.State outcome = Segment.State.FAILED;
        try {
            segment.writer.sync();
            outcome = Segment.State.SYNCED;
        } finally {
            segment.become(outcome);
        }
    }

    /**
     * Writer: goes on in the segment that was prepared.
     *
     * @param nextSequence the sequence number that the next record will have; it may be higher than the last one's successor
     *     if what is between is in tables
     * @param payloadBytes that a group must find room for
     * @return false if none is prepared, or one too small
     */
    public boolean rotate(final long nextSequence, final int payloadBytes) {
        failure.check();
        final Segment segment = next.getAcquire();
        if (segment == null
                || JournalWriter.capacity(segment.length) < payloadBytes
                || !next.compareAndSet(segment, null)) {
            return false;
        }
        final Segment last = active;
        if (last != null) {
            last.writer.abandon();
            previousNumber = last.number;
            previousEnd = last.writer.groupEnd();
        }
        segment.become(Segment.State.ACTIVE);
        active = segment;
        if (last != null) {
            leaveBehind(last);
        }
        segment.writer.start(nextSequence, previousNumber, previousEnd);
        return true;
    }

    private void leaveBehind(final Segment last) {
        if (last.writer.isSynced()) {
            last.become(Segment.State.SYNCED);
        } else {
            behind.addLast(last);
            last.become(Segment.State.BEHIND);
        }
    }

    /** Writer: makes everything durable and says that nothing follows; the last call for this role. */
    public void finish() {
        sync();
        if (active != null) {
            active.writer.endMark();
        }
    }

    /** Any thread: whether {@link #rotate} would find a segment. */
    public boolean isNextReady() {
        return next.getAcquire() != null;
    }

    /**
     * Background: makes a segment ready for {@link #rotate}; does nothing where one is that is large enough. A failure leaves
     * everything as it was, to be tried again, unless it is the directory's sync that failed.
     *
     * @param payloadBytes that a group must find room for; 0: the usual length
     */
    public void prepareNext(final int payloadBytes) {
        failure.check();
        completeRetiring();
        final int length = Math.max(segmentBytes, fileLength(payloadBytes - JournalWriter.capacity(0)));
        final Segment ready = next.getAcquire();
        if (ready != null) {
            if (ready.length >= length) {
                return;
            }
            if (next.compareAndSet(ready, null)) {
                letGo(ready);
            }
        }
        final Segment segment = newSegment(length);
        segments.put(segment.number, segment);
        next.setRelease(segment);
    }

    private Segment newSegment(final int length) {
        final long number = numbers.getAsLong();
        final String name = FileNames.journal(number);
        final LogFile log = length == segmentBytes && !spares.isEmpty()
                ? storage.recycleLog(FileNames.spare(spares.removeFirst()), name)
                : storage.createLog(name, length);
        try {
            // The zeros, or what a recycled file still had to write, are not to burden the writer's first sync.
            log.sync();
        } catch (final StorageException e) {
            log.close();
            deleteQuietly(name);
            throw e;
        }
        try {
            storage.syncDirectory();
        } catch (final StorageException e) {
            log.close();
            throw failure.latch(e);
        }
        return new Segment(log, number, databaseId, failure);
    }

    private void deleteQuietly(final String name) {
        try {
            if (storage.exists(name)) {
                storage.delete(name);
            }
        } catch (final StorageException ignored) {
            // What remains is a segment that was never written to, or a file that the next start deletes.
        }
    }

    /**
     * Background: the content of this segment is in tables, durably, and so is what says that. The file becomes a spare or is
     * deleted. The segment may be one of the time before; one that is not there is nothing to do for. Never the active one.
     */
    public void retire(final long number) {
        completeRetiring();
        final Segment segment = segments.get(number);
        if (segment == null) {
            putAside(number);
            return;
        }
        final Segment.State state = segment.state();
        if (state == Segment.State.PREPARED || state == Segment.State.ACTIVE) {
            throw new IllegalStateException("segment " + number + " is " + state);
        }
        if (state != Segment.State.RETIRED && !tryRetire(segment)) {
            retiring.add(segment);
        }
    }

    /** Segments that were being synced when they were to be retired. */
    private void completeRetiring() {
        retiring.removeIf(this::tryRetire);
    }

    private boolean tryRetire(final Segment segment) {
        if (segment.compareAndBecome(Segment.State.BEHIND, Segment.State.RETIRED)
                || segment.compareAndBecome(Segment.State.SYNCED, Segment.State.RETIRED)) {
            letGo(segment);
            return true;
        }
        if (segment.compareAndBecome(Segment.State.FAILED, Segment.State.RETIRED)) {
            // A file whose sync failed is never used again.
            segments.remove(segment.number);
            segment.writer.close();
            storage.delete(FileNames.journal(segment.number));
            return true;
        }
        return false;
    }

    private void letGo(final Segment segment) {
        segments.remove(segment.number);
        segment.writer.close();
        putAside(segment.number);
    }

    private void putAside(final long number) {
        final String name = FileNames.journal(number);
        if (!storage.exists(name)) {
            return;
        }
        if (spares.size() < maxSpares && storage.length(name) == segmentBytes) {
            storage.rename(name, FileNames.spare(number));
            spares.addLast(number);
        } else {
            storage.delete(name);
        }
    }

    private void adoptSpares() {
        for (final String name : storage.list()) {
            if (FileNames.type(name) == FileType.SPARE) {
                if (spares.size() < maxSpares && storage.length(name) == segmentBytes) {
                    spares.addLast(FileNames.number(name));
                } else {
                    storage.delete(name);
                }
            }
        }
    }

    /** Length of a file for so many bytes. */
    private static int fileLength(final long bytes) {
        if (bytes > SegmentDescriptor.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a journal segment of " + bytes + " bytes; at most " + SegmentDescriptor.MAX_LENGTH);
        }
        return (int) BitUtil.align(Math.max(bytes, SegmentDescriptor.MIN_LENGTH), BLOCK);
    }

    /** Closes all files as they are; {@link #finish} comes before it in a clean close. A second call does nothing. */
    @Override
    public void close() {
        final Segment prepared = next.getAndSet(null);
        segments.values().forEach(segment -> segment.writer.close());
        segments.clear();
        retiring.clear();
        behind.clear();
        active = null;
        if (prepared != null) {
            try {
                putAside(prepared.number);
            } catch (final StorageException ignored) {
                // A segment that was never written to harms nobody.
            }
        }
    }
}
