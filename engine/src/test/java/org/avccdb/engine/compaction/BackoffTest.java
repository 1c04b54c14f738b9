package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BackoffTest {
    private long now = Long.MAX_VALUE - 100;

    @Test
    void waitsLongerAfterEachFailureInARow() {
        final Backoff backoff = new Backoff(100, 350, () -> now);
        assertEquals(0, backoff.delayNanos());
        for (final long expected : new long[] {100, 200, 350, 350}) {
            backoff.failed();
            assertEquals(expected, backoff.delayNanos());
            now += 30;
            assertEquals(expected - 30, backoff.delayNanos());
            now += expected;
            assertEquals(0, backoff.delayNanos());
        }
        backoff.succeeded();
        assertEquals(0, backoff.delayNanos());
        backoff.failed();
        assertEquals(100, backoff.delayNanos());
    }

    @Test
    void refusesPausesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 5, () -> now));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(6, 5, () -> now));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(6, Long.MAX_VALUE, () -> now));
    }
}
