package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.storage.FileNames;
import org.junit.jupiter.api.Test;

/** The rules of Journal.md one by one, with segments made for them: one group of one sequence number each. */
class JournalRulesTest {
    private static final int START = SegmentDescriptor.HEADER_LENGTH;
    private static final int ONE = START + SegmentBuilder.GROUP_BYTES;
    private static final int TWO = ONE + SegmentBuilder.GROUP_BYTES;

    private final MemoryStorage storage = new MemoryStorage();
    private final List<Long> found = new ArrayList<>();

    private SegmentBuilder segment(final long number) {
        return new SegmentBuilder(number);
    }

    private ReplayResult replay(final long oldest, final SegmentEnd... ends) {
        final Map<Long, SegmentEnd> ended = new HashMap<>();
        for (final SegmentEnd end : ends) {
            ended.put(end.number(), end);
        }
        found.clear();
        return new JournalReplay(storage, Fixture.ID, oldest, 0, ended)
                .run((first, payload, offset, length, count) -> found.add(first));
    }

    private void finds(final int last, final long oldest, final SegmentEnd... ends) {
        final ReplayResult result = replay(oldest, ends);
        assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), found);
        assertEquals(last, result.lastSequence());
    }

    private void isCorrupt(final long number, final int offset, final SegmentEnd... ends) {
        final CorruptionException e = assertThrows(CorruptionException.class, () -> replay(1, ends));
        assertEquals(FileNames.journal(number), e.file(), e.getMessage());
        assertEquals(offset, e.offset(), e.getMessage());
        assertTrue(storage.openFiles().isEmpty());
    }

    @Test
    void aHoleEndsTheJournal() {
        segment(1).header(1, 0, 0).group(1, 0).hole().group(3, 0).in(storage);
        finds(1, 1);
    }

    @Test
    void aHoleThatWasSyncedIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).hole().group(3, ONE).in(storage);
        finds(1, 1);
        segment(1).header(1, 0, 0).group(1, 0).hole().group(3, TWO).in(storage);
        isCorrupt(1, ONE);
    }

    @Test
    void aHoleBeforeTheEndMarkIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).hole().mark(2, TWO).in(storage);
        isCorrupt(1, ONE);
    }

    @Test
    void aHoleBeforeASegmentThatKnowsItSyncedIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).hole().in(storage);
        segment(2).header(3, 1, TWO).group(3, 0).in(storage);
        finds(1, 1);
        segment(2).header(3, 1, TWO).group(3, 0).group(4, ONE).in(storage);
        isCorrupt(1, ONE);
    }

    @Test
    void nothingFollowsALostTailEvenIfTheSequenceNumbersRunOn() {
        segment(1).header(1, 0, 0).group(1, 0).hole().in(storage);
        segment(2).header(2, 1, TWO).group(2, 0).in(storage);
        finds(1, 1);
        final ReplayResult result = replay(1);
        assertEquals(List.of(new SegmentEnd(1, ONE, 1), new SegmentEnd(2, 0, 1)), result.ends());
        assertFalse(result.clean());
    }

    @Test
    void aTailThatLostNothingIsFollowed() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).header(2, 1, ONE).group(2, 0).in(storage);
        finds(2, 1);
        assertEquals(
                List.of(new SegmentEnd(1, ONE, 1), new SegmentEnd(2, ONE, 2)),
                replay(1).ends());
    }

    @Test
    void moreThanTheNextSegmentKnowsIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).group(2, 0).in(storage);
        segment(2).header(2, 1, ONE).group(2, 0).in(storage);
        isCorrupt(2, 0);
    }

    @Test
    void aSegmentThatWasPreparedAndReplacedIsPassedOver() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).in(storage);
        segment(3).header(2, 1, ONE).group(2, 0).mark(3, ONE).in(storage);
        finds(2, 1);
        segment(2).headerOf(1, 1, 0, 0).in(storage);
        finds(2, 1);
    }

    @Test
    void aLostHeaderEndsTheJournal() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).group(2, 0).in(storage);
        segment(3).header(3, 2, ONE).group(3, 0).in(storage);
        finds(1, 1);
        segment(3).header(3, 2, ONE).group(3, ONE).in(storage);
        isCorrupt(2, 0);
        segment(3).in(storage);
        segment(2).group(2, 0).group(3, ONE).in(storage);
        isCorrupt(2, 0);
    }

    @Test
    void aNewBeginningNeedsNoPredecessorButItsSequenceNumbers() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).header(2, 0, 0).group(2, 0).in(storage);
        finds(2, 1);
        segment(2).header(3, 0, 0).group(3, 0).in(storage);
        finds(1, 1);
        replay(1, new SegmentEnd(1, ONE, 1));
        assertEquals(List.of(1L, 3L), found);
        segment(2).header(3, 0, 0).group(3, START).in(storage);
        isCorrupt(1, ONE);
    }

    @Test
    void aMissingPredecessorIsCorruptionUnlessItsEndIsKnown() {
        segment(3).header(1, 2, ONE).group(1, 0).in(storage);
        finds(1, 3);
        finds(1, 0);
        finds(1, 1, new SegmentEnd(2, 0, 0));
        isCorrupt(2, -1);
    }

    @Test
    void aPredecessorThatIsAnotherSegmentIsCorruption() {
        segment(2).header(1, 1, ONE).group(1, 0).in(storage);
        segment(3).header(2, 1, ONE).group(2, 0).in(storage);
        final CorruptionException e = assertThrows(CorruptionException.class, () -> replay(2));
        assertEquals(FileNames.journal(3), e.file());
    }

    @Test
    void nothingBehindAKnownEndCounts() {
        segment(1).header(1, 0, 0).group(1, 0).group(2, 0).group(3, TWO).in(storage);
        segment(2).header(2, 0, 0).group(9, START).in(storage);
        segment(3).header(2, 1, ONE).group(2, 0).in(storage);
        finds(2, 1, new SegmentEnd(1, ONE, 1), new SegmentEnd(2, 0, 1));
        storage.delete(FileNames.journal(3));
        finds(1, 1, new SegmentEnd(1, ONE, 1), new SegmentEnd(2, 0, 1));
    }

    @Test
    void noClaimBehindAKnownEndCounts() {
        segment(1).header(1, 0, 0).group(1, 0).hole().group(3, TWO).in(storage);
        finds(1, 1, new SegmentEnd(1, ONE, 1));
        isCorrupt(1, ONE);
    }

    @Test
    void whatIsLessThanAKnownEndIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        isCorrupt(1, ONE, new SegmentEnd(1, TWO, 2));
        isCorrupt(1, ONE, new SegmentEnd(1, ONE, 2));
        segment(1).group(1, 0).in(storage);
        isCorrupt(1, 0, new SegmentEnd(1, ONE, 1));
    }

    @Test
    void aLostTailBeforeASegmentThatCountsIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).hole().in(storage);
        segment(2).header(3, 1, TWO).group(3, 0).in(storage);
        isCorrupt(1, ONE, new SegmentEnd(2, ONE, 3));
    }

    @Test
    void aSuccessorThatContradictsAKnownEndIsCorruption() {
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).header(3, 1, TWO).group(3, 0).in(storage);
        isCorrupt(2, 0, new SegmentEnd(1, ONE, 1));
        segment(1).header(1, 0, 0).group(1, 0).mark(2, ONE).in(storage);
        isCorrupt(2, 0);
    }

    @Test
    void sequenceNumbersRunOn() {
        segment(1).header(1, 0, 0).group(1, 0).group(3, 0).in(storage);
        isCorrupt(1, ONE);
        segment(1).header(1, 0, 0).group(2, 0).in(storage);
        isCorrupt(1, START);
        segment(1).header(1, 0, 0).group(1, 0).in(storage);
        segment(2).header(1, 1, ONE).in(storage);
        isCorrupt(2, 0);
    }

    @Test
    void anIntactHeaderThatDoesNotFitIsCorruption() {
        segment(7).headerOf(8, 1, 0, 0).in(storage);
        isCorrupt(7, 0);
        segment(7).headerOf(0, 1, 0, 0).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 7, START).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 0, START).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 6, START - 1).in(storage);
        isCorrupt(7, 0);
        segment(7).header(0, 0, 0).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1L << 56, 0, 0).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 0, 0).headerField(12, 2).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 0, 0).headerField(16, 1).in(storage);
        isCorrupt(7, 0);
        segment(7).header(1, 0, 0).headerField(12, 1).in(storage);
        finds(0, 1);
    }

    @Test
    void anIntactRecordThatDoesNotFitIsCorruption() {
        final List<SegmentBuilder> wrong = List.of(
                segment(1).record(0, 0, 0, 0, 0),
                segment(1).record(4, 0, 0, 0, 0),
                segment(1).record(1, 0, 0, 0, 1),
                segment(1).record(1, 16, 2, 0, 1),
                segment(1).record(1, 16, -1, 0, 1),
                segment(1).record(1, 16, 1, 0, 0),
                segment(1).record(1, 16, 1, 0, 1L << 56),
                segment(1).record(3, 0, 0, START + 1, 0),
                segment(1).record(3, 0, 0, -1, 0),
                segment(1).record(3, 16, 0, 0, 0),
                segment(1).record(2, 0, 1, 0, 0),
                segment(1).record(2, 0, 0, 0, 1),
                segment(1).record(headWith(13), 3, 0, 0, 0, 0),
                segment(1).record(headWith(14), 3, 0, 0, 0, 0),
                segment(1).record(headWith(15), 3, 0, 0, 0, 0));
        for (final SegmentBuilder builder : wrong) {
            builder.header(1, 0, 0).in(storage);
            isCorrupt(1, START);
        }
        segment(1).header(1, 0, 0).mark(3, START).group(1, 0).in(storage);
        finds(1, 1);
    }

    private static UnsafeBuffer headWith(final int offset) {
        final UnsafeBuffer head = GroupDescriptor.sealedHead(1, Fixture.ID);
        head.putByte(offset, (byte) 1);
        return head;
    }

    @Test
    void sequenceNumbersEnd() {
        final long highest = (1L << 56) - 1;
        segment(1).header(highest, 0, 0).group(highest, 0).in(storage);
        assertEquals(highest, replay(0).lastSequence());
        final UnsafeBuffer twoPuts = new UnsafeBuffer(new byte[32]);
        EntryDescriptor.putHeader(twoPuts, 0, 1, 0, 0, 1);
        EntryDescriptor.putHeader(twoPuts, 16, 1, 0, 0, 1);
        segment(1)
                .header(highest, 0, 0)
                .payload(twoPuts)
                .record(1, 32, 2, 0, highest)
                .in(storage);
        final CorruptionException corruption = assertThrows(CorruptionException.class, () -> replay(0));
        assertEquals(START, corruption.offset());
    }

    @Test
    void theOldestSegmentNeededGoesOnWhereTablesEnd() {
        segment(1).header(2, 0, 0).group(2, 0).in(storage);
        isCorrupt(1, 0);
        assertEquals(2, replay(0).lastSequence());
    }
}
