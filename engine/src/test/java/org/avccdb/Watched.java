package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.avccdb.engine.storage.NioStorage;

/** A database of a test whose inside can be looked at, so that what it leaves behind can be too. */
final class Watched implements AutoCloseable {
    private final Path directory;
    private final EngineParts parts;
    private final AvccDb db;

    private Watched(Path directory, EngineParts parts) {
        this.directory = directory;
        this.parts = parts;
        this.db = new AvccDb(new Engine(parts));
    }

    static Watched open(Path directory, Options options) {
        return new Watched(directory, Opening.open(directory, options));
    }

    AvccDb db() {
        return db;
    }

    EngineParts parts() {
        return parts;
    }

    /** Native memory of the database that is out. */
    long bytesOut() {
        return parts.ledger().totalBytes();
    }

    @Override
    public void close() {
        db.close();
    }

    /** To be called when it has been closed: what others let go of, and a listener's thread, may take a moment. */
    void assertNothingLeft() throws InterruptedException {
        await(() -> bytesOut() == 0 && threadsOf(directory).isEmpty());
        assertEquals(0, bytesOut(), () -> parts.ledger().toString());
        assertEquals(List.of(), threadsOf(directory));
        NioStorage.open(directory).lock(false).close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 30_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
    }

    /** Threads that work for a database in this directory. */
    static List<String> threadsOf(Path directory) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("avccdb-") && name.contains(directory.toString()))
                .toList();
    }
}
