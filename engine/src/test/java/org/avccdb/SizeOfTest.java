package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.Test;

/** What {@link AvccDb#sizeOf} says while tables are closed below it; the storage poisons what was mapped of them. */
class SizeOfTest {
    private static final int QUESTIONS = 20_000;

    @Test
    void tablesStayOpenForAsLongAsTheyAreAsked() throws InterruptedException {
        // None may stay open, so background threads close each as soon as nobody reads it.
        Options options =
                Options.builder().openFilesCacheCapacity(0).blockBytes(256).build();
        EngineParts parts = Opening.open(new SimulatedStorage(), options, false);
        try (AvccDb db = new AvccDb(new Engine(parts))) {
            for (int i = 0; i < 500; i++) {
                db.put(key(i), new byte[100], WriteOptions.DEFAULT);
            }
            db.compactRange(KeyRange.all());
            KeyRange[] ranges = {
                KeyRange.of(key(100), key(400)), KeyRange.lessThan(key(250)), KeyRange.atLeast(key(250))
            };
            long[] sizes = db.sizeOf(ranges);
            assertTrue(sizes[0] > 0 && sizes[1] > 0 && sizes[2] > 0, "there is something to be asked for");
            AtomicBoolean done = new AtomicBoolean();
            Thread waker = new Thread(() -> {
                while (!done.get()) {
                    parts.writeSide().background().wake();
                }
            });
            waker.start();
            try {
                for (int i = 0; i < QUESTIONS; i++) {
                    assertArrayEquals(sizes, db.sizeOf(ranges));
                }
            } finally {
                done.set(true);
                waker.join();
            }
        }
    }

    private static byte[] key(final int number) {
        return String.format("key%06d", number).getBytes(UTF_8);
    }
}
