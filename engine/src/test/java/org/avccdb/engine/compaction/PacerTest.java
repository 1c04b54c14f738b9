package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long SECOND = 1_000_000_000;

    /** Begins before the clock wraps around. */
    private long now = Long.MAX_VALUE - SECOND / 2;

    @Test
    void keepsToTheRateHoweverTheWorkIsCut() {
        final Random random = new Random(5);
        for (final long rate : new long[] {1, 1000, 1 << 20, 1L << 40}) {
            final Pacer pacer = new Pacer(rate, () -> now);
            final long piece = Math.max(1, rate / 100);
            final long begun = now;
            long spent = 0;
            while (now - begun < 3 * SECOND) {
                if (pacer.delayNanos() == 0) {
                    pacer.spend(piece);
                    spent += piece;
                } else {
                    now += 1 + (long) (random.nextDouble() * pacer.delayNanos());
                }
            }
            final double seconds = (double) (now - begun) / SECOND;
            assertTrue(spent <= rate * (seconds + 0.02) + piece, rate + ": " + spent + " in " + seconds + " s");
            assertTrue(spent >= rate * seconds * 0.9, rate + ": " + spent + " in " + seconds + " s");
        }
    }

    @Test
    void timeNotUsedIsLost() {
        final Pacer pacer = new Pacer(1000, () -> now);
        now += 3600 * SECOND;
        pacer.spend(1000);
        assertTrue(pacer.delayNanos() > SECOND * 9 / 10, "" + pacer.delayNanos());
    }

    @Test
    void withoutARateNothingWaits() {
        final Pacer pacer = new Pacer(0, () -> now);
        pacer.spend(Long.MAX_VALUE);
        assertEquals(0, pacer.delayNanos());
    }

    @Test
    void whileWritesWaitNothingElseDoes() {
        final AtomicBoolean waiting = new AtomicBoolean();
        final Pacer pacer = new Pacer(1000, () -> now, waiting::get);
        pacer.spend(2000);
        final long owed = pacer.delayNanos();
        assertTrue(owed > SECOND);
        waiting.set(true);
        assertEquals(0, pacer.delayNanos());
        pacer.spend(1_000_000);
        waiting.set(false);
        assertEquals(owed, pacer.delayNanos());
    }

    @Test
    void whatIsUrgentDoesNotWait() {
        final Pacer pacer = new Pacer(1000, () -> now);
        pacer.spend(2000);
        assertTrue(pacer.delayNanos() > SECOND);
        pacer.beginUrgent();
        pacer.beginUrgent();
        pacer.endUrgent();
        assertEquals(0, pacer.delayNanos());
        pacer.spend(1_000_000);
        pacer.endUrgent();
        assertTrue(pacer.delayNanos() <= 2 * SECOND, "" + pacer.delayNanos());
    }
}
