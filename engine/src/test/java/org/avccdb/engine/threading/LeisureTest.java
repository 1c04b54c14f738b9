package org.avccdb.engine.threading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When background threads rest, and when not. */
class LeisureTest {
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = 1_000;
    private long rotations = 5;
    private boolean flushing;
    private boolean urgent;
    private final Leisure leisure = new Leisure(() -> rotations, () -> flushing, () -> urgent, () -> now);

    /** Fills a memtable, in so many milliseconds; the background has so much to do, and rests as it may. Milliseconds worked. */
    private long fill(final long millis, final long work) {
        final long end = now + millis * STEP;
        long worked = 0;
        while (worked < work && now < end) {
            now += STEP;
            worked++;
            now += leisure.after(STEP);
        }
        now = Math.max(now, end);
        rotations++;
        return worked;
    }

    @Test
    void withoutAMemtableThereIsNoTime() {
        assertEquals(0, leisure.after(STEP));
        now += 100 * STEP;
        assertEquals(0, leisure.after(STEP));
    }

    @Test
    void whoWorksLittleRestsAsLongAsHeHasWorked() {
        fill(1_000, 100);
        assertEquals(STEP, leisure.after(STEP));
        assertEquals(STEP / 3, leisure.after(STEP / 3));
        assertEquals(2 * STEP, leisure.after(50 * STEP));
    }

    @Test
    void whoHasMuchToDoDoesNotRest() {
        fill(1_000, 500);
        assertEquals(0, leisure.after(STEP));
    }

    @ParameterizedTest
    @CsvSource({"300, true", "390, true", "420, false", "550, false", "700, false", "1000, false"})
    void itIsSeenWhetherHalfOfTheTimeIsEnough(final int work, final boolean rests) {
        fill(1_000, 10);
        for (int i = 0; i < 20; i++) {
            fill(1_000, work);
        }
        assertEquals(rests ? STEP : 0, leisure.after(STEP));
        for (int i = 0; i < 20; i++) {
            assertEquals(rests || work < 1_000 ? work : 1_000, fill(1_000, work));
        }
    }

    @Test
    void memtablesOfLongAgoDoNotCount() {
        fill(1_000_000, 1);
        for (int i = 0; i < 9; i++) {
            fill(100, 100);
        }
        assertEquals(0, leisure.after(STEP));
        for (int i = 0; i < 9; i++) {
            fill(1_000, 10);
        }
        assertEquals(STEP, leisure.after(STEP));
    }

    @Test
    void severalMemtablesBetweenTwoStepsCountAsOneOfTheirAverage() {
        now += 1_000 * STEP;
        rotations += 4;
        assertEquals(STEP, leisure.after(STEP));
        now += 499 * STEP;
        assertEquals(STEP, leisure.after(STEP));
        now += STEP;
        assertEquals(0, leisure.after(STEP));
    }

    @Test
    void whatSomebodyWaitsForIsDoneWithoutARest() {
        fill(1_000, 100);
        urgent = true;
        assertEquals(0, leisure.after(STEP));
        urgent = false;
        assertEquals(STEP, leisure.after(STEP));
    }

    @Test
    void aMemtableIsInATableBeforeTheNextIsHalfFull() {
        fill(1_000, 100);
        flushing = true;
        assertEquals(STEP, leisure.after(STEP));
        now += 499 * STEP;
        assertEquals(STEP, leisure.after(STEP));
        now += STEP;
        assertEquals(0, leisure.after(STEP));
        flushing = false;
        assertEquals(STEP, leisure.after(STEP));
    }

    @Test
    void whereNobodyWritesItIsDoneSoon() {
        fill(1_000, 100);
        assertEquals(STEP, leisure.after(STEP));
        now += 1_999 * STEP;
        assertEquals(STEP, leisure.after(STEP));
        now += STEP;
        assertEquals(0, leisure.after(STEP));
    }
}
