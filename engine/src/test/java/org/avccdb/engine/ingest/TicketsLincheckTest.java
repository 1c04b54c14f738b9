package org.avccdb.engine.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Model checking of the hand-over of outcomes: whoever has waited for a ticket finds it completed and knows why it was
 * refused, and nobody sleeps for ever.
 */
public class TicketsLincheckTest {
    private final Tickets tickets = new Tickets();
    private final AtomicLong submitted = new AtomicLong();
    /** What became of the tickets; plain, as what the writer does before it reports. */
    private long carriedOut;

    @Test
    void modelCheck() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(1)
                .iterations(5)
                .invocationsPerIteration(200)
                .minimizeFailedScenario(false)
                // A machine that stands still for half a minute is no execution that hangs.
                .invocationTimeout$lincheck(300_000)
                .loopBound(400)
                .sequentialSpecification(Sequential.class)
                .check(getClass());
    }

    /** A write, reported by whoever has the role; every third one is refused. */
    @Operation(nonParallelGroup = "writer")
    public long complete() {
        long ticket = submitted.incrementAndGet();
        carriedOut = ticket;
        if (ticket % 3 == 0) {
            tickets.refuse(ticket, new IllegalStateException("refused"));
        }
        tickets.complete(ticket);
        return ticket;
    }

    /** Waits for the last ticket that was handed out, or sees that there is none. */
    @Operation(nonParallelGroup = "waiter")
    public boolean await() {
        long ticket = submitted.get();
        tickets.await(ticket, Waiting.FOR_THREADS);
        boolean isRefused = tickets.refusal(ticket) != null;
        return tickets.completed() >= ticket && carriedOut >= ticket && isRefused == (ticket > 0 && ticket % 3 == 0);
    }

    /** The same without threads. */
    public static class Sequential {
        private long completed;

        /** As above. */
        public long complete() {
            return ++completed;
        }

        /** As above. */
        public boolean await() {
            return true;
        }
    }
}
