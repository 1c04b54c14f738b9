package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NestedReadersTest {
    private static final UnsafeBuffer KEY = new UnsafeBuffer(new byte[] {1});

    @Test
    void consumerMayReadWhileAnotherThreadResets() throws Exception {
        final MemDb map = new MemDb(4096);
        map.put(KEY, 0, 1, KEY, 0, 1);
        final CountDownLatch inside = new CountDownLatch(1);
        final Thread resetter = new Thread(map::reset);
        resetter.setDaemon(true);
        final CompletableFuture<Integer> got = new CompletableFuture<>();
        final Thread reader = new Thread(() -> map.find(KEY, 0, 1, (k, ko, kl, v, vo, vl) -> {
            inside.countDown();
            try {
                while (resetter.getState() != Thread.State.TIMED_WAITING) {
                    Thread.sleep(1);
                }
            } catch (final InterruptedException e) {
                throw new AssertionError(e);
            }
            got.complete(map.get(KEY, 0, 1, new UnsafeBuffer(new byte[1]), 0));
        }));
        reader.setDaemon(true);
        reader.start();
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        resetter.start();
        assertEquals(1, got.get(5, TimeUnit.SECONDS));
        resetter.join(5000);
        assertEquals(0, map.length());
        map.close();
    }

    @Test
    void asManyReadersAsPlacesMayNest() throws Exception {
        final MemDb map = new MemDb(4096);
        map.put(KEY, 0, 1, KEY, 0, 1);
        final int count = ReaderGate.count();
        final CountDownLatch inside = new CountDownLatch(count);
        final CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            final Thread reader = new Thread(() -> map.find(KEY, 0, 1, (k, ko, kl, v, vo, vl) -> {
                inside.countDown();
                try {
                    assertTrue(inside.await(10, TimeUnit.SECONDS));
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
                assertTrue(map.contains(KEY, 0, 1));
                done.countDown();
            }));
            reader.setDaemon(true);
            reader.start();
        }
        assertTrue(done.await(5, TimeUnit.SECONDS));
        map.close();
    }
}
