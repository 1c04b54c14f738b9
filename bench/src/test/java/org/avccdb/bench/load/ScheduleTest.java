package org.avccdb.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void operationsAreDueAtEvenDistances() {
        Schedule schedule = Schedule.openLoop(4);
        assertEquals(0, schedule.dueNanos(0));
        assertEquals(SECOND / 4, schedule.dueNanos(1));
        assertEquals(25 * SECOND, schedule.dueNanos(100));
    }

    /** Thirds of a second add up to whole ones: the error does not grow. */
    @Test
    void distancesThatAreNoWholeNumberDoNotDrift() {
        assertTrue(Math.abs(1_000_000 * SECOND - Schedule.openLoop(3).dueNanos(3_000_000)) < 1_000);
    }

    @Test
    void aRateIsHeldOrNot() {
        Schedule schedule = Schedule.openLoop(1_000);
        assertTrue(schedule.isHeld(10_000, 10 * SECOND));
        assertTrue(schedule.isHeld(9_900, 10 * SECOND));
        assertFalse(schedule.isHeld(9_700, 10 * SECOND));
        assertFalse(schedule.isHeld(10_000, 11 * SECOND));
    }

    @Test
    void aClosedLoopHoldsWhatItReaches() {
        assertFalse(Schedule.closedLoop().isOpen());
        assertTrue(Schedule.closedLoop().isHeld(1, 100 * SECOND));
    }

    @Test
    void aRateIsMoreThanNothing() {
        assertThrows(IllegalArgumentException.class, () -> Schedule.openLoop(0));
        assertThrows(IllegalArgumentException.class, () -> Schedule.openLoop(Double.NaN));
    }
}
