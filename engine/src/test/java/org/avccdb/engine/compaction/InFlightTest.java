package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    private static KeySpan span(final String smallest, final String largest) {
        return new KeySpan(TestTables.key(smallest), TestTables.key(largest));
    }

    @Test
    void keysInALevelAreClaimedOnce() {
        inFlight.claim(2, 3, span("d", "f"));
        assertTrue(inFlight.conflicts(3, 4, span("f", "x")));
        assertTrue(inFlight.conflicts(1, 2, span("a", "d")));
        assertTrue(inFlight.conflicts(2, 2, span("e", "e")));
        assertTrue(inFlight.conflicts(1, 5, span("a", "z")));
        assertFalse(inFlight.conflicts(2, 3, span("a", "c")));
        assertFalse(inFlight.conflicts(2, 3, span("g", "x")));
        assertFalse(inFlight.conflicts(0, 1, span("a", "z")));
        assertFalse(inFlight.conflicts(4, 5, span("a", "z")));
        assertThrows(IllegalStateException.class, () -> inFlight.claim(3, 3, span("f", "f")));
    }

    @Test
    void level0IsClaimedOnceWhateverTheKeys() {
        inFlight.claim(0, 1, span("d", "f"));
        assertTrue(inFlight.conflicts(0, 1, span("x", "z")));
        assertFalse(inFlight.conflicts(1, 2, span("x", "z")));
    }

    @Test
    void tablesOfLevel0AreClaimedOnceBySequence() {
        inFlight.claim(0, 1, span("d", "f"), new Sequences(1, 10));
        assertTrue(inFlight.conflicts(0, 0, span("x", "z"), new Sequences(10, 12)));
        assertFalse(inFlight.conflicts(0, 0, span("d", "f"), new Sequences(11, 12)));
        assertTrue(inFlight.conflicts(0, 1, span("d", "f"), new Sequences(11, 12)));
        assertFalse(inFlight.conflicts(0, 1, span("g", "h"), new Sequences(11, 12)));
        assertTrue(inFlight.conflicts(0, 0, span("x", "z")));
    }

    @Test
    void whatIsReleasedCanBeClaimedAgain() {
        final InFlight.Claim claim = inFlight.claim(2, 3, span("d", "f"));
        inFlight.claim(2, 3, span("a", "a"));
        inFlight.release(claim);
        inFlight.release(claim);
        assertEquals(1, inFlight.size());
        assertFalse(inFlight.conflicts(2, 3, span("d", "f")));
    }
}
