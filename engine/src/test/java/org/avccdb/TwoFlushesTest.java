package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.avccdb.engine.threading.FlushAgent;
import org.avccdb.engine.threading.TestFlushes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two frozen memtables, each on its way to a table at the same time. */
class TwoFlushesTest {
    private static final byte[] VALUE = new byte[100];

    private static final Options OPTIONS = Options.builder()
            .writeBufferBytes(16 << 10)
            .maxFrozenMemtables(4)
            .threadingMode(ThreadingMode.INVOKER)
            .build();

    private final SimulatedStorage storage = new SimulatedStorage();
    private EngineParts parts;
    private AvccDb db;
    private FlushAgent one;
    private FlushAgent other;

    @BeforeEach
    void openWithoutFlushes() {
        parts = Opening.open(storage, OPTIONS, false);
        db = new AvccDb(new Engine(parts));
        // Only the one that prepares arenas and segments.
        parts.invoker().run(parts.writeSide().background().agents().subList(0, 1));
        final TestFlushes flushes = new TestFlushes(
                parts.writeSide().context(), parts.runs(), parts.writeSide().installer());
        one = flushes.agent();
        other = flushes.agent();
    }

    @AfterEach
    void close() {
        one.onClose();
        other.onClose();
        parts.invoker().run(parts.writeSide().background().agents());
        db.close();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(UTF_8);
    }

    /** Fills the present memtable with ascending keys of this kind; the last one freezes it, and is in the next. */
    private int fill(final String kind) {
        final int before = parts.runs().frozenCount();
        int keys = 0;
        while (parts.runs().frozenCount() == before) {
            db.put(bytes(kind + (1_000 + keys++)), VALUE);
        }
        return keys;
    }

    /** Steps until there is nothing more to do. */
    private static void work(final FlushAgent agent) {
        int left = 1_000;
        while (agent.doWork() > 0) {
            assertTrue(left-- > 0, "an agent works for ever");
        }
    }

    @Test
    void deletesStayForWhatAnOlderFlushIsAt() {
        db.put(bytes("key"), VALUE);
        fill("a");
        db.delete(bytes("key"));
        fill("b");
        one.doWork();
        work(other);
        assertEquals(2, parts.runs().frozenCount());
        work(one);
        work(other);
        assertEquals(0, parts.runs().frozenCount());
        assertNull(db.get(bytes("key")));
        assertEquals(
                2,
                parts.versions().current().level(0).length
                        + parts.versions().current().level(1).length);
    }

    @Test
    void theTableOfAYoungerOneDoesNotCountBeforeThatOfTheOlder() {
        final int keys = fill("a") + fill("a, younger ");
        one.doWork();
        work(other);
        final SimulatedStorage killed = storage.processKillImage();
        for (final String name : killed.list()) {
            if (name.equals("CURRENT") || name.startsWith("MANIFEST-")) {
                killed.delete(name);
            }
        }
        try (AvccDb recovered = new AvccDb(new Engine(Opening.open(killed, OPTIONS, true)));
                Cursor cursor = recovered.cursor(KeyRange.all())) {
            int found = 0;
            while (cursor.next()) {
                found++;
            }
            assertEquals(keys, found);
        }
    }

    /** One that has failed is not begun again by who failed: it may be a helper whose help is not wanted any more. */
    @Test
    void whatOneHasGivenUpIsTakenOverByTheOther() {
        fill("a");
        fill("b");
        one.doWork();
        other.doWork();
        storage.failAt(Operation.SYNC, FileType.TABLE, 1, FaultKind.ERROR);
        while (storage.hasFaults()) {
            one.doWork();
        }
        work(other);
        assertEquals(0, parts.runs().frozenCount());
        assertArrayEquals(VALUE, db.get(bytes("a1000")));
        assertArrayEquals(VALUE, db.get(bytes("b1000")));
    }

    @Test
    void aYoungerOneDoesNotGoBelowTheOlder() {
        final byte[] younger = bytes("younger");
        fill("a");
        work(one);
        db.put(bytes("a1000"), VALUE);
        fill("b");
        db.put(bytes("b1000"), younger);
        fill("b2");
        one.doWork();
        work(other);
        work(one);
        work(other);
        assertEquals(0, parts.runs().frozenCount());
        assertArrayEquals(younger, db.get(bytes("b1000")));
    }

    @Test
    void keysThatNoOlderFlushHasGoAsDeepAsEver() {
        fill("a");
        fill("b");
        fill("a");
        one.doWork();
        work(other);
        work(one);
        work(other);
        work(one);
        final Version version = parts.versions().current();
        assertEquals(
                List.of(1, 2),
                List.of(version.level(0).length, version.level(1).length),
                Arrays.toString(version.level(1)));
    }

    @Test
    void thereAreTwoWhileTheWriterWaits() {
        final AtomicInteger going = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final Options options = OPTIONS.toBuilder()
                .maxFrozenMemtables(2)
                .eventListener(new EventListener() {
                    @Override
                    public void flushBegun(final FlushBegun event) {
                        most.accumulateAndGet(going.incrementAndGet(), Math::max);
                    }

                    @Override
                    public void flushCompleted(final FlushCompleted event) {
                        going.decrementAndGet();
                    }
                })
                .build();
        try (AvccDb written = new AvccDb(new Engine(Opening.open(new SimulatedStorage(), options, false)))) {
            for (int i = 0; i < 500; i++) {
                written.put(bytes("key" + i), new byte[3_000]);
            }
        }
        assertEquals(0, going.get());
        assertEquals(2, most.get());
    }
}
