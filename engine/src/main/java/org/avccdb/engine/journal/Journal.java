package org.avccdb.engine.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.LogFile;
import org.avccdb.engine.storage.Storage;

/**
 * The journal that is being written: the active segment, those before it, the next ones, spare files.
 *
 * <p>Two roles use it, each in one thread at a time, passed on with a happens-before of its own. The <b>writer</b>: {@link
 * #room}, {@link #begin}, {@link #add}, {@link #end}, {@link #abandon}, {@link #sync}, {@link #rotate}, {@link #finish},
 * {@link #activeNumber}, {@link #position}. The <b>background</b>: {@link #prepareNext}, {@link #prepared}, {@link #retire},
 * {@link #numbers}, {@link #shrink}. Any thread may ask {@link #isNextReady}, {@link #usualRoom} and {@link #neededBytes}. {@link
 * #prepareFirst} comes before both, {@link #close} after both have ended. None of it takes a lock.
 *
 * <ol>
 *   <li>A segment's file is there for good, under its name, and has room for its whole length before the writer can see it;
 *       the name of the first one is there for good before {@link #rotate}, by whoever called {@link #prepareFirst}. Its
 *       content is synced by then only where somebody has asked for a sync before: else what is prepared would go to the
 *       disk twice.
 *   <li>Segments are synced in the order in which they were written, the active one last; so what a record says to be synced
 *       always covers all earlier segments but retired ones, whose content is in tables.
 *   <li>What is in {@code ready} is put there by the background alone, in the order of the numbers; who takes a segment out
 *       has it alone. There is one where writes are rare, and more the more of them have been used lately: the background may
 *       be held up for as long as a table is synced.
 *   <li>{@code behind} is the writer's, {@code segments}, {@code retiring} and {@code spares} are the background's; a segment
 *       changes hands by its state alone ({@link Segment}).
 *   <li>A file of an earlier process is never used again: a power cut may have left holes in it.
 *   <li>After a failure of a write, or of a sync that anything depends on, every call throws that failure.
 * </ol>
 */
public final class Journal implements AutoCloseable {
    private static final int BLOCK = 4096;
    private static final int MAX_READY = 4;
    private static final int FIRST_BYTES = 256 << 10;

    private final Storage storage;
    private final byte[] databaseId;
    private final int segmentBytes;
    private final int maxSpares;
    private final LongSupplier numbers;
    private final JournalFailure failure = new JournalFailure();

    private final ConcurrentLinkedQueue<Segment> ready = new ConcurrentLinkedQueue<>();

    // The writer's.
    private final ArrayDeque<Segment> behind = new ArrayDeque<>();
    private Segment active;
    private long previousNumber;
    private int previousEnd;

    private volatile boolean syncIsUsed;
    /** Of segments that the writer has begun and that are not retired. */
    private final AtomicLong neededBytes = new AtomicLong();

    // The background's.
    private final Map<Long, Segment> segments = new HashMap<>();
    private final List<Segment> retiring = new ArrayList<>();
    private final ArrayDeque<Long> spares = new ArrayDeque<>();
    private int readyTarget;
    private int readySeen;
    private long prepared;

    /**
     * A journal without a segment; {@link #prepareNext} and {@link #rotate} give it the first.
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
        if (!syncIsUsed) {
            syncIsUsed = true;
        }
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
        final Segment segment = ready.peek();
        if (segment == null || JournalWriter.capacity(segment.length) < payloadBytes || !ready.remove(segment)) {
            return false;
        }
        final Segment last = active;
        if (last != null) {
            last.writer.abandon();
            previousNumber = last.number;
            previousEnd = last.writer.groupEnd();
        }
        neededBytes.addAndGet(segment.length);
        segment.become(Segment.State.ACTIVE);
        active = segment;
        if (last != null) {
            leaveBehind(last);
        }
        segment.writer.start(nextSequence, previousNumber, previousEnd);
        return true;
    }

    private void leaveBehind(final Segment last) {
        last.writer.leave();
        while (!behind.isEmpty() && behind.peekFirst().state() == Segment.State.RETIRED) {
            behind.removeFirst();
        }
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

    /** Any thread: payload bytes of a group that a segment of the usual length has room for. */
    public long usualRoom() {
        return JournalWriter.capacity(segmentBytes);
    }

    /** Any thread: length of the segments that were begun and are still needed. */
    public long neededBytes() {
        return neededBytes.get();
    }

    /** Any thread: whether {@link #rotate} would find a segment. */
    public boolean isNextReady() {
        return !ready.isEmpty();
    }

    /**
     * Background: makes a segment ready for {@link #rotate}; does nothing where there are enough of them that are large
     * enough. A failure leaves everything as it was, to be tried again, unless it is the directory's sync that failed.
     *
     * @param payloadBytes that a group must find room for; 0: the usual length
     * @return whether it made one
     */
    public boolean prepareNext(final int payloadBytes) {
        failure.check();
        completeRetiring();
        final int length = Math.max(segmentBytes, fileLength(payloadBytes - JournalWriter.capacity(0)));
        for (Segment first = ready.peek(); first != null && first.length < length; first = ready.peek()) {
            takeBack(first);
        }
        final int count = ready.size();
        if (count < readySeen) {
            readyTarget = Math.min(MAX_READY, readyTarget + 1);
        }
        readySeen = count;
        if (count >= Math.max(1, readyTarget)) {
            return false;
        }
        final Segment segment = newSegment(length);
        syncName(segment);
        addReady(segment);
        return true;
    }

    /**
     * Before anything else: a first segment, shorter than usual, because whoever opens a database waits for its zeros. The
     * caller syncs the directory before {@link #rotate}, for this segment and what else is new there.
     *
     * @return its number
     */
    public long prepareFirst() {
        final Segment segment = newSegment(Math.min(segmentBytes, fileLength(FIRST_BYTES)));
        addReady(segment);
        return segment.number;
    }

    private void syncName(final Segment segment) {
        try {
            storage.syncDirectory();
        } catch (final StorageException e) {
            segment.writer.close();
            throw failure.latch(e);
        }
    }

    private void addReady(final Segment segment) {
        segments.put(segment.number, segment);
        ready.add(segment);
        readySeen++;
        prepared++;
        segments.values().forEach(Segment::unmapIfLeft);
    }

    private void takeBack(final Segment unused) {
        if (ready.remove(unused)) {
            readySeen--;
            letGo(unused);
        }
    }

    /** Background: how many segments were made ready so far. */
    public long prepared() {
        return prepared;
    }

    private Segment newSegment(final int length) {
        final long number = numbers.getAsLong();
        final String name = FileNames.journal(number);
        final LogFile log = length == segmentBytes && !spares.isEmpty()
                ? storage.recycleLog(FileNames.spare(spares.removeFirst()), name)
                : storage.createLog(name, length);
        try {
            if (syncIsUsed) {
                // The zeros, or what a recycled file still had to write, are not to burden the writer's next sync.
                log.sync();
            }
        } catch (final StorageException e) {
            log.close();
            deleteQuietly(name);
            throw e;
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
     * deleted. The segment may be one of the time before, which is deleted; one that is not there is nothing to do for. Never
     * the active one.
     *
     * @return false if it is being synced; it is retired after that, and to be asked for again, in case that this fails
     */
    public boolean retire(final long number) {
        completeRetiring();
        final Segment segment = segments.get(number);
        if (segment == null) {
            final String name = FileNames.journal(number);
            if (storage.exists(name)) {
                storage.delete(name);
            }
            return true;
        }
        final Segment.State state = segment.state();
        if (state == Segment.State.PREPARED || state == Segment.State.ACTIVE) {
            throw new IllegalStateException("segment " + number + " is " + state);
        }
        if (tryRetire(segment)) {
            return true;
        }
        if (!retiring.contains(segment)) {
            retiring.add(segment);
        }
        return false;
    }

    /** Background: the segments that this process has made and that are not retired, ascending. */
    public List<Long> numbers() {
        final List<Long> numbers = new ArrayList<>(segments.keySet());
        numbers.sort(null);
        return numbers;
    }

    /** Segments that were being synced when they were to be retired. */
    private void completeRetiring() {
        if (!retiring.isEmpty()) {
            retiring.removeIf(this::tryRetire);
        }
    }

    private boolean tryRetire(final Segment segment) {
        if (segment.compareAndBecome(Segment.State.BEHIND, Segment.State.RETIRED)
                || segment.compareAndBecome(Segment.State.SYNCED, Segment.State.RETIRED)) {
            neededBytes.addAndGet(-segment.length);
            letGo(segment);
            return true;
        }
        if (segment.compareAndBecome(Segment.State.FAILED, Segment.State.RETIRED)) {
            // A file whose sync failed is never used again.
            neededBytes.addAndGet(-segment.length);
            segments.remove(segment.number);
            segment.writer.close();
            storage.delete(FileNames.journal(segment.number));
            return true;
        }
        return segment.state() == Segment.State.RETIRED;
    }

    private void letGo(final Segment segment) {
        segments.remove(segment.number);
        segment.writer.close();
        final String name = FileNames.journal(segment.number);
        if (spares.size() < maxSpares && segment.length == segmentBytes) {
            storage.rename(name, FileNames.spare(segment.number));
            spares.addLast(segment.number);
        } else {
            storage.delete(name);
        }
    }

    /**
     * Background: gives the room of a file back that will not be used soon. What is then left is one segment that is ready.
     *
     * @return whether there was one
     */
    public boolean shrink() {
        readyTarget = 1;
        if (spares.isEmpty() && ready.size() > 1) {
            Segment last = null;
            for (final Segment segment : ready) {
                last = segment;
            }
            if (last != null) {
                takeBack(last);
            }
        }
        final Long number = spares.pollLast();
        if (number != null) {
            storage.delete(FileNames.spare(number));
        }
        return number != null;
    }

    /** Length of a file for so many bytes. */
    private static int fileLength(final long bytes) {
        if (bytes > SegmentDescriptor.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a journal segment of " + bytes + " bytes; at most " + SegmentDescriptor.MAX_LENGTH);
        }
        return (int) BitUtil.align(Math.max(bytes, SegmentDescriptor.MIN_LENGTH), BLOCK);
    }

    /**
     * Closes all files as they are; {@link #finish} comes before it in a clean close. What was never written to is deleted,
     * and so are the spares. A second call does nothing.
     */
    @Override
    public void close() {
        segments.values().forEach(segment -> segment.writer.close());
        segments.clear();
        retiring.clear();
        behind.clear();
        active = null;
        for (Segment unused = ready.poll(); unused != null; unused = ready.poll()) {
            deleteQuietly(FileNames.journal(unused.number));
        }
        for (Long number = spares.pollFirst(); number != null; number = spares.pollFirst()) {
            deleteQuietly(FileNames.spare(number));
        }
    }
}
