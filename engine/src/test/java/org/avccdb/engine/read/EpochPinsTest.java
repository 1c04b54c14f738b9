package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EpochPinsTest {
    private final EpochPins pins = new EpochPins();
    private final AtomicInteger freed = new AtomicInteger();

    @Test
    void freesAtOnceWhereNobodyIsInside() {
        pins.retire(freed::incrementAndGet);
        assertEquals(0, freed.get());
        assertEquals(1, pins.reclaim());
        assertEquals(1, freed.get());
        assertEquals(0, pins.reclaim());
    }

    @Test
    void holdsBackWhatAReaderMayHaveFound() {
        Place early = pins.enter();
        pins.retire(freed::incrementAndGet);
        Place late = pins.enter();
        assertEquals(0, pins.reclaim());
        pins.exit(early);
        assertEquals(1, pins.reclaim());
        pins.exit(late);
    }

    @Test
    void holdsBackOnlyWhatIsNotOlder() {
        pins.retire(freed::incrementAndGet);
        Place place = pins.enter();
        pins.retire(() -> freed.addAndGet(10));
        assertEquals(1, pins.reclaim());
        assertEquals(1, freed.get());
        pins.exit(place);
        assertEquals(1, pins.reclaim());
        assertEquals(11, freed.get());
    }

    @Test
    void letsAThreadInAsOftenAsItLikes() {
        Set<Place> places = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            places.add(pins.enter());
        }
        assertEquals(300, places.size());
        assertEquals(512, pins.places());
        pins.retire(freed::incrementAndGet);
        List<Place> inside = new ArrayList<>(places);
        for (Place place : inside) {
            assertEquals(0, pins.reclaim());
            assertTrue(pins.isInside());
            pins.exit(place);
        }
        assertFalse(pins.isInside());
        assertEquals(1, pins.reclaim());
    }

    /** More threads than there are places at first, all inside at once, each waiting for the last to come. */
    @Test
    void letsMoreThreadsInThanThereArePlaces() throws Exception {
        int count = 150;
        CountDownLatch inside = new CountDownLatch(count);
        Set<Place> places = ConcurrentHashMap.newKeySet();
        Crew crew = new Crew();
        for (int i = 0; i < count; i++) {
            crew.add(() -> {
                Place place = pins.enter();
                places.add(place);
                inside.countDown();
                inside.await();
                pins.exit(place);
            });
        }
        crew.join();
        assertEquals(count, places.size());
    }

    @Test
    void freesTheRestWhereOneFails() {
        pins.retire(freed::incrementAndGet);
        pins.retire(() -> {
            throw new IllegalStateException("first");
        });
        pins.retire(() -> {
            throw new IllegalStateException("second");
        });
        pins.retire(freed::incrementAndGet);
        IllegalStateException failure = assertThrows(IllegalStateException.class, pins::reclaim);
        assertEquals("first", failure.getMessage());
        assertEquals(1, failure.getSuppressed().length);
        assertEquals(2, freed.get());
        assertEquals(0, pins.reclaim());
    }

    @Test
    void theLastToLeaveFreesAfterTheShutting() {
        Place place = pins.enter();
        pins.retire(freed::incrementAndGet);
        pins.shut();
        pins.awaitOthers();
        pins.reclaim();
        assertEquals(0, freed.get());
        pins.exit(place);
        assertEquals(1, freed.get());
    }

    @Test
    void awaitsOthersButNotItself() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        Crew crew = new Crew();
        crew.add(() -> {
            Place place = pins.enter();
            inside.countDown();
            leave.await();
            left.set(true);
            pins.exit(place);
        });
        inside.await();
        Place mine = pins.enter();
        crew.add(() -> {
            Thread.sleep(20);
            leave.countDown();
        });
        Thread.currentThread().interrupt();
        pins.awaitOthers();
        assertTrue(Thread.interrupted());
        assertTrue(left.get());
        pins.exit(mine);
        crew.join();
    }

    private static final class Box {
        volatile boolean dead;
    }

    /** Readers never meet what has been freed, and everything is freed in the end. */
    @Test
    void readersNeverMeetWhatHasBeenFreed() throws Exception {
        AtomicReference<Box> shared = new AtomicReference<>(new Box());
        AtomicBoolean stop = new AtomicBoolean();
        int replaced = 20_000;
        Crew crew = new Crew();
        for (int i = 0; i < 3; i++) {
            crew.add(() -> {
                while (!stop.get()) {
                    Place outer = pins.enter();
                    Box box = shared.get();
                    Place inner = pins.enter();
                    Box other = shared.get();
                    assertFalse(box.dead);
                    assertFalse(other.dead);
                    pins.exit(inner);
                    assertFalse(box.dead);
                    pins.exit(outer);
                }
            });
        }
        crew.add(() -> {
            while (!stop.get()) {
                pins.reclaim();
            }
        });
        for (int i = 0; i < replaced; i++) {
            Box old = shared.getAndSet(new Box());
            pins.retire(() -> {
                old.dead = true;
                freed.incrementAndGet();
            });
            if (i % 7 == 0) {
                pins.reclaim();
            }
        }
        stop.set(true);
        crew.join();
        pins.reclaim();
        assertEquals(replaced, freed.get());
        assertEquals(0, pins.pending());
    }

    @Test
    void handsOutPlacesWithTheirOwnScratch() {
        Place one = pins.enter();
        Place two = pins.enter();
        assertFalse(one.lookup() == two.lookup());
        pins.exit(two);
        assertSame(two, pins.enter());
        assertNull(one.lookup().valueBuffer());
    }
}
