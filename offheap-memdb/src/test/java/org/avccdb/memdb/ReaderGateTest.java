package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaderGateTest {
    private final ReaderGate gate = new ReaderGate();

    @Test
    void entersAndExits() {
        assertTrue(gate.isEmpty());
        assertFalse(gate.isInside());
        int place = gate.enter();
        assertTrue(place >= 0 && place < ReaderGate.count());
        assertFalse(gate.isEmpty());
        assertTrue(gate.isInside());
        gate.exit(place);
        assertTrue(gate.isEmpty());
        assertFalse(gate.isInside());
        gate.awaitEmpty();
    }

    @Test
    void shutLetsNobodyInUntilItIsOpened() {
        gate.shut();
        assertTrue(gate.enter() < 0);
        assertTrue(gate.isEmpty());
        assertFalse(gate.isInside());
        gate.open();
        int place = gate.enter();
        assertTrue(place >= 0);
        gate.exit(place);
    }

    @Test
    void whoIsInsideStaysAndMayEnterAgainWhileItIsShut() {
        int outer = gate.enter();
        gate.shut();
        int inner = gate.enter();
        assertTrue(inner >= 0);
        assertNotEquals(outer, inner);
        gate.exit(inner);
        assertFalse(gate.isEmpty());
        gate.exit(outer);
        assertTrue(gate.isEmpty());
        assertTrue(gate.enter() < 0);
    }

    @Test
    void whoIsInsideEntersWithoutAPlaceWhereAllAreTaken() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < ReaderGate.count(); i++) {
            places.add(gate.enter());
        }
        assertEquals(ReaderGate.count(), places.stream().distinct().count());
        assertFalse(places.contains(ReaderGate.NESTED));
        for (boolean shut : new boolean[] {false, true}) {
            if (shut) {
                gate.shut();
            }
            assertEquals(ReaderGate.NESTED, gate.enter());
            gate.exit(ReaderGate.NESTED);
            assertTrue(gate.isInside());
        }
        for (int place : places) {
            assertFalse(gate.isEmpty());
            gate.exit(place);
        }
        assertTrue(gate.isEmpty());
    }

    @Test
    void othersAreNotInside() {
        int place = gate.enter();
        Crew.runAll(List.of(() -> assertFalse(gate.isInside())));
        gate.exit(place);
    }

    @Test
    void whoIsOutsideWaitsForAPlace() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < ReaderGate.count(); i++) {
            places.add(gate.enter());
        }
        Crew crew = new Crew();
        AtomicInteger entered = new AtomicInteger(-1);
        Thread late = crew.start(() -> {
            entered.set(gate.enter());
            gate.exit(entered.get());
        });
        Crew.awaitPause(late);
        int freed = places.remove(17);
        gate.exit(freed);
        crew.join();
        assertEquals(freed, entered.get());
        places.forEach(gate::exit);
    }

    @Test
    void awaitEmptyWaitsForTheLastOne() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        Crew crew = new Crew();
        crew.start(() -> {
            int place = gate.enter();
            inside.countDown();
            Crew.await(leave);
            left.set(true);
            gate.exit(place);
        });
        Crew.await(inside);
        gate.shut();
        Thread waiting = crew.start(() -> {
            gate.awaitEmpty();
            assertTrue(left.get());
        });
        Crew.awaitPause(waiting);
        leave.countDown();
        crew.join();
    }

    @Test
    void waitingKeepsTheInterruptFlag() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Crew crew = new Crew();
        crew.start(() -> {
            int place = gate.enter();
            inside.countDown();
            Crew.await(leave);
            gate.exit(place);
        });
        Crew.await(inside);
        gate.shut();
        CountDownLatch interrupted = new CountDownLatch(1);
        crew.start(() -> {
            Thread.currentThread().interrupt();
            interrupted.countDown();
            gate.awaitEmpty();
            assertTrue(Thread.interrupted());
        });
        Crew.await(interrupted);
        leave.countDown();
        crew.join();
        assertTrue(gate.isEmpty());
    }

    /**
     * What the gate guards is changed in two steps, by plain stores. A thread inside that saw the first step only, or one
     * that is inside when the other has shut the gate and waited, would be let in by mistake.
     */
    @Test
    void nobodyIsInsideBehindAwaitEmpty() {
        Guarded guarded = new Guarded();
        AtomicBoolean done = new AtomicBoolean();
        List<Crew.Task> tasks = new ArrayList<>();
        tasks.add(() -> {
            try {
                for (int round = 1; round <= 5000; round++) {
                    gate.shut();
                    gate.awaitEmpty();
                    guarded.first = round;
                    for (int i = round % 50; i > 0; i--) {
                        Thread.onSpinWait();
                    }
                    guarded.second = round;
                    assertTrue(gate.enter() < 0);
                    gate.open();
                    for (int i = round % 70; i > 0; i--) {
                        Thread.onSpinWait();
                    }
                }
            } finally {
                done.set(true);
            }
        });
        for (int i = 0; i < 3; i++) {
            tasks.add(() -> {
                long seen = 0;
                while (!done.get()) {
                    int place = gate.enter();
                    if (place < 0) {
                        Pause.aMoment();
                        continue;
                    }
                    int second = guarded.second;
                    int nested = (seen & 7) == 0 ? gate.enter() : ReaderGate.NESTED;
                    int first = guarded.first;
                    gate.exit(nested);
                    gate.exit(place);
                    assertEquals(first, second);
                    assertTrue(first >= seen, "went back");
                    seen = first;
                }
            });
        }
        Crew.runAll(tasks);
        assertTrue(gate.isEmpty());
    }

    private static final class Guarded {
        private int first;
        private int second;
    }
}
