package org.avccdb;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.KillScript.Step;

/**
 * The process that {@link ProcessKillTest} kills: several threads carry out their scripts in a database, which is closed and
 * opened again now and then, and tell on standard output how far they have come.
 */
final class KilledWriter {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private final KillScript script;
    private final Path directory;
    private final long[] next;
    private final Random random;

    private KilledWriter(Path directory, KillScript script, long[] next, long seed) {
        this.directory = directory;
        this.script = script;
        this.next = next;
        this.random = new Random(seed);
    }

    /** Arguments: directory, seed of the script, seed of this process, and for each thread the step that it begins with. */
    public static void main(String[] arguments) throws Exception {
        long[] next = new long[arguments.length - 3];
        for (int i = 0; i < next.length; i++) {
            next[i] = Long.parseLong(arguments[3 + i]);
        }
        new KilledWriter(
                        Path.of(arguments[0]),
                        new KillScript(Long.parseLong(arguments[1])),
                        next,
                        Long.parseLong(arguments[2]))
                .run();
    }

    private void run() throws Exception {
        while (true) {
            try (AvccDb db = AvccDb.open(directory, KillScript.options(random))) {
                int steps = 1 + random.nextInt(4000);
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < next.length; i++) {
                    int thread = i;
                    threads.add(new Thread(() -> write(db, thread, steps)));
                }
                threads.forEach(Thread::start);
                for (int i = random.nextInt(4); i > 0; i--) {
                    Thread.sleep(random.nextInt(50));
                    db.flush();
                    db.compactRange(KeyRange.all());
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }
    }

    private void write(AvccDb db, int thread, int steps) {
        try {
            long end = next[thread] + steps;
            while (next[thread] < end) {
                next[thread] += script.isPipelined(thread, next[thread])
                        ? submitSome(db, thread, next[thread])
                        : writeOne(db, script.step(thread, next[thread]));
                acknowledge(thread, next[thread]);
            }
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    private static int writeOne(AvccDb db, Step step) {
        WriteOptions options = step.synced() ? WriteOptions.SYNC : WriteOptions.DEFAULT;
        if (step.keys().size() > 1) {
            db.write(batch(step), options);
        } else {
            byte[] key = KnownContent.bytes(step.keys().get(0));
            switch (step.kind()) {
                case PUT -> db.putWithVersion(key, step.value(), step.version(), options);
                case DELETE -> db.delete(key, options);
                case DELETE_VERSION -> db.deleteVersion(key, step.version(), options);
                case BATCH -> db.put(key, step.value(), options);
            }
        }
        return 1;
    }

    private static WriteBatch batch(Step step) {
        WriteBatch batch = new WriteBatch();
        for (String key : step.keys()) {
            batch.put(KnownContent.bytes(key), step.value());
        }
        return batch;
    }

    private int submitSome(AvccDb db, int thread, long from) {
        int count = 20;
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            Step step = script.step(thread, from + i);
            if (step.kind() == KillScript.Kind.PUT) {
                UnsafeBuffer key =
                        new UnsafeBuffer(KnownContent.bytes(step.keys().get(0)));
                UnsafeBuffer value = new UnsafeBuffer(step.value());
                ticket = db.submitPut(
                        key, 0, key.capacity(), value, 0, value.capacity(), step.version(), WriteOptions.DEFAULT);
            } else if (step.kind() == KillScript.Kind.BATCH && step.keys().size() < KillScript.LARGE) {
                ticket = db.submit(batch(step), WriteOptions.DEFAULT);
            } else {
                writeOne(db, step);
            }
        }
        if (ticket != 0) {
            db.await(ticket);
        }
        return count;
    }

    /** One call of the system for each, so that none is cut in two. */
    private static void acknowledge(int thread, long done) {
        byte[] message = ByteBuffer.allocate(9).put((byte) thread).putLong(done).array();
        try {
            OUT.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
