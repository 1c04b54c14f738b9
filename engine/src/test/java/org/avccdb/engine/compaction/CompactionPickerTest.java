package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.avccdb.Authentication;
import org.avccdb.CompactionCause;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.junit.jupiter.api.Test;

/** What is picked, for versions whose tables exist by name only. */
class CompactionPickerTest {
    private final SimulatedStorage storage = new SimulatedStorage();
    private final TestDatabase database = new TestDatabase(
            storage,
            TestDatabase.smallOptions().compactionTotalSizeMultiplier(10).build());
    private final TaskContext context = database.context();
    private final CompactionPicker picker = new CompactionPicker(context, () -> false);
    private final VersionEdit edit = new VersionEdit();
    private long sequence;

    /** Tables of level 0 are to be added oldest first. */
    private void table(final int level, final String smallest, final String largest, final long bytes) {
        sequence++;
        edit.add(level, meta(level, smallest, largest, bytes));
    }

    private TableMeta meta(final int level, final String smallest, final String largest, final long bytes) {
        return meta(level, smallest, largest, bytes, sequence, sequence);
    }

    private TableMeta meta(
            final int level,
            final String smallest,
            final String largest,
            final long bytes,
            final long lowest,
            final long highest) {
        return new TableMeta(
                context.versions().newNumber(),
                bytes,
                TestTables.key(smallest),
                TestTables.key(largest),
                1,
                0,
                0,
                lowest,
                highest,
                0,
                null,
                new TableOrigin(level, new long[0], highest, 1));
    }

    private void apply() {
        context.versions().apply(edit);
    }

    private static String text(final List<TableFile> tables) {
        final List<String> texts = new ArrayList<>();
        for (final TableFile table : tables) {
            texts.add(new String(table.meta().smallestKey(), java.nio.charset.StandardCharsets.ISO_8859_1) + "-"
                    + new String(table.meta().largestKey(), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return String.join(" ", texts);
    }

    private static String text(final Compaction plan) {
        return plan == null
                ? "none"
                : plan.level() + ": " + text(plan.upper()) + (plan.isMove() ? " moves to " : " with ")
                        + plan.outputLevel() + ": " + text(plan.lower());
    }

    @Test
    void nothingIsPickedWhereNoLevelIsFull() {
        table(0, "a", "z", 1 << 20);
        table(0, "a", "z", 1 << 20);
        table(1, "a", "b", 2000);
        table(1, "c", "d", 2000);
        table(6, "a", "b", 1L << 40);
        apply();
        assertNull(picker.pick());
        assertFalse(picker.isNeeded(database.version()));
        assertEquals(0, context.inFlight().size());
    }

    @Test
    void tablesWithoutARootAreWrittenAnewOneByOne() {
        final TestDatabase authenticated = new TestDatabase(
                new SimulatedStorage(),
                TestDatabase.smallOptions()
                        .authentication(Authentication.MERKLE)
                        .build());
        final CompactionPicker rootPicker = new CompactionPicker(authenticated.context(), () -> false);
        assertNull(rootPicker.pickForRoot());
        table(0, "a", "z", 100);
        table(0, "a", "z", 100);
        table(1, "a", "b", 100);
        table(2, "c", "d", 100);
        authenticated.context().versions().apply(edit);
        final Compaction fromLevel0 = rootPicker.pickForRoot();
        assertEquals("0: a-z with 1: a-b", text(fromLevel0));
        assertEquals(CompactionCause.AUTHENTICATION, fromLevel0.cause());
        assertNull(rootPicker.pickForRoot(), "somebody is at work there");
        authenticated.context().inFlight().release(fromLevel0.claim());
        authenticated
                .context()
                .versions()
                .apply(new VersionEdit().remove(0, number(authenticated, 0, 0)).remove(0, number(authenticated, 0, 1)));
        assertEquals("1: a-b with 1: ", text(rootPicker.pickForRoot()));
        assertEquals("2: c-d with 2: ", text(rootPicker.pickForRoot()));
        assertNull(rootPicker.pickForRoot());
        apply();
        assertNull(picker.pickForRoot(), "this one is not authenticated");
    }

    private static long number(final TestDatabase database, final int level, final int table) {
        return database.version().level(level)[table].meta().number();
    }

    @Test
    void level0GoesWithAllThatItsUnionOverlaps() {
        table(0, "d", "e", 100);
        table(0, "m", "n", 100);
        table(0, "d", "d", 100);
        table(1, "a", "c", 100);
        table(1, "ca", "d", 100);
        table(1, "f", "g", 100);
        table(1, "n", "o", 100);
        table(1, "oa", "p", 100);
        apply();
        final Compaction plan = picker.pick();
        assertEquals("0: d-d m-n d-e with 1: ca-d f-g n-o", text(plan));
        assertEquals(CompactionCause.LEVEL0_COUNT, plan.cause());
        assertEquals(1, context.inFlight().size());
        assertNull(picker.pick());
    }

    @Test
    void theOldestTableAloneMoves() {
        table(0, "d", "e", 100);
        table(0, "m", "n", 100);
        table(0, "m", "n", 100);
        table(1, "f", "g", 100);
        apply();
        assertEquals("0: d-e moves to 1: ", text(picker.pick()));
    }

    @Test
    void aMoveMustNotOverlapTooMuchBelow() {
        table(0, "d", "e", 100);
        table(0, "m", "n", 100);
        table(0, "m", "n", 100);
        table(2, "a", "z", 10 * 1024 + 1);
        apply();
        assertEquals("0: m-n m-n d-e with 1: ", text(picker.pick()));
    }

    @Test
    void theFullestLevelComesFirst() {
        table(0, "a", "z", 1400);
        table(0, "a", "z", 1400);
        table(0, "a", "z", 1400);
        table(1, "a", "b", 4096);
        table(1, "c", "d", 100);
        table(2, "a", "b", 41000);
        table(2, "c", "d", 41000);
        table(3, "a", "d", 1000);
        apply();
        assertEquals("2: a-b with 3: a-d", text(picker.pick()));
        assertEquals("0: a-z a-z a-z with 1: a-b c-d", text(picker.pick()));
        assertNull(picker.pick());
    }

    @Test
    void tablesOfALevelTakeTurns() {
        table(1, "a", "b", 3000);
        table(1, "c", "d", 3000);
        table(1, "e", "f", 3000);
        table(2, "a", "b", 1000);
        table(2, "c", "d", 1000);
        table(2, "e", "f", 1000);
        apply();
        for (final String expected : new String[] {"a-b", "c-d", "e-f", "a-b"}) {
            final Compaction plan = picker.pick();
            assertEquals("1: " + expected + " with 2: " + expected, text(plan));
            context.inFlight().release(plan.claim());
        }
        picker.continueBehind(1, TestTables.key("d"));
        assertEquals("1: e-f with 2: e-f", text(picker.pick()));
    }

    @Test
    void moreOfTheLevelComesAlongForFree() {
        table(1, "a", "b", 1000);
        table(1, "c", "d", 1000);
        table(1, "e", "f", 3000);
        table(2, "a", "d", 1000);
        table(2, "e", "f", 1000);
        apply();
        assertEquals("1: a-b c-d with 2: a-d", text(picker.pick()));
    }

    @Test
    void butNotIfItBringsMoreFromBelow() {
        table(1, "a", "b", 1000);
        table(1, "c", "e", 4000);
        table(2, "a", "d", 1000);
        table(2, "e", "f", 1000);
        apply();
        assertEquals("1: a-b with 2: a-d", text(picker.pick()));
    }

    @Test
    void norIfItIsTooMuch() {
        table(1, "a", "b", 1000);
        table(1, "c", "d", 25 * 1024);
        table(2, "a", "d", 1000);
        apply();
        assertEquals("1: a-b with 2: a-d", text(picker.pick()));
    }

    @Test
    void whereOthersAreAtWorkTheNextHasItsTurn() {
        table(1, "a", "b", 3000);
        table(1, "c", "d", 3000);
        table(2, "a", "b", 1000);
        table(2, "c", "d", 1000);
        apply();
        assertEquals("1: a-b with 2: a-b", text(picker.pick()));
        assertEquals("1: c-d with 2: c-d", text(picker.pick()));
        assertNull(picker.pick());
        assertEquals(2, context.inFlight().size());
    }

    @Test
    void aFlushInTheWayLeavesAPrefixOfLevel0() {
        table(0, "a", "c", 100);
        table(0, "b", "d", 100);
        table(0, "m", "n", 100);
        apply();
        context.inFlight().claim(1, 1, new KeySpan(TestTables.key("f"), TestTables.key("g")));
        assertEquals("0: b-d a-c with 1: ", text(picker.pick()));
    }

    @Test
    void whileLevel1IsMoreTheNewestOfOneSizeBecomeOne() {
        table(0, "a", "z", 900);
        table(0, "a", "z", 100);
        table(0, "c", "x", 199);
        table(0, "a", "z", 100);
        table(1, "a", "m", 2000);
        apply();
        final Compaction plan = picker.pick();
        assertEquals("0: a-z c-x a-z with 0: ", text(plan));
        assertFalse(plan.isMove());
        assertNull(picker.pick());
        database.context().inFlight().release(plan.claim());
        assertTrue(picker.isNeeded(database.version()));
    }

    @Test
    void otherwiseTheyWaitUntilTheyAreAsMuchAsWhatTheyOverlap() {
        table(0, "c", "d", 900);
        table(0, "a", "z", 300);
        table(0, "a", "z", 100);
        table(1, "a", "m", 1301);
        apply();
        assertNull(picker.pick());
        assertFalse(picker.isNeeded(database.version()));
    }

    @Test
    void andGoDownAllTheSameWhereNothingIsWritten() {
        for (int i = 0; i < 3; i++) {
            table(0, "a", "z", 100);
        }
        table(1, "a", "m", 2000);
        apply();
        assertEquals("0: a-z a-z a-z with 1: a-m", text(new CompactionPicker(context, () -> true).pick()));
    }

    @Test
    void fewGoDownWhereNothingIsWrittenIfThatIsNotTooDear() {
        table(0, "a", "z", 100);
        table(0, "a", "z", 100);
        table(1, "a", "m", 2000);
        apply();
        assertNull(picker.pick());
        assertEquals("0: a-z a-z with 1: a-m", text(new CompactionPicker(context, () -> true).pick()));
    }

    @Test
    void elseThoseOfOneSizeBecomeOne() {
        table(0, "a", "z", 15);
        table(0, "a", "z", 10);
        table(1, "a", "m", 251);
        apply();
        final CompactionPicker atRest = new CompactionPicker(context, () -> true);
        final Compaction plan = atRest.pick();
        assertEquals("0: a-z a-z with 0: ", text(plan));
        assertNull(atRest.pick());
        assertNull(picker.pick());
    }

    @Test
    void whatIsTooLittleAndOfDifferentSizesStays() {
        table(0, "a", "z", 21);
        table(0, "a", "z", 10);
        table(1, "a", "m", 311);
        apply();
        final CompactionPicker atRest = new CompactionPicker(context, () -> true);
        assertNull(atRest.pick());
        assertFalse(atRest.isNeeded(database.version()));
    }

    @Test
    void nothingIsWrittenWhenNothingHasComeForAWhileAndNoFlushIsUnderWay() {
        final AtomicLong last = new AtomicLong(5);
        final AtomicLong now = new AtomicLong();
        final AtomicBoolean flushing = new AtomicBoolean();
        final WriteRest rest = new WriteRest(last::get, flushing::get, now::get);
        assertFalse(rest.getAsBoolean());
        now.addAndGet(149_000_000);
        assertFalse(rest.getAsBoolean());
        last.incrementAndGet();
        now.addAndGet(1_000_000);
        assertFalse(rest.getAsBoolean());
        now.addAndGet(150_000_000);
        assertTrue(rest.getAsBoolean());
        flushing.set(true);
        assertFalse(rest.getAsBoolean());
        flushing.set(false);
        now.addAndGet(150_000_000);
        assertTrue(rest.getAsBoolean());
    }

    @Test
    void butNotUntilWritersAreSlowedDown() {
        for (int i = 0, bytes = 1 << 20; i < 7; i++, bytes /= 4) {
            table(0, "a", "z", bytes);
        }
        table(1, "a", "m", 3000);
        table(1, "n", "z", 3 << 20);
        final TestDatabase large = new TestDatabase(
                new SimulatedStorage(),
                TestDatabase.smallOptions()
                        .compactionTotalBytes(1 << 30)
                        .writeL0SlowdownTrigger(8)
                        .build());
        large.context().versions().apply(edit);
        assertEquals(
                "0: a-z a-z a-z a-z a-z a-z a-z with 1: a-m n-z",
                text(new CompactionPicker(large.context(), () -> false).pick()));
    }

    @Test
    void whileTheOldestGoDownTheNewestBecomeOne() {
        for (int i = 0; i < 3; i++) {
            table(0, "a", "z", 100);
        }
        apply();
        final Compaction down = picker.pick();
        assertEquals("0: a-z a-z a-z with 1: ", text(down));
        assertNull(picker.pickWithinLevel0());
        final VersionEdit more = new VersionEdit();
        for (int i = 0; i < 3; i++) {
            sequence++;
            more.add(0, meta(0, "b", "y", 100));
        }
        context.versions().apply(more);
        assertEquals("0: b-y b-y b-y with 0: ", text(picker.pickWithinLevel0()));
        assertNull(picker.pickWithinLevel0());
        assertEquals(2, context.inFlight().size());
    }

    @Test
    void tablesBetweenWhichAnotherOneBelongsDoNotBecomeOne() {
        edit.add(0, meta(0, "a", "c", 900, 1, 50));
        edit.add(0, meta(0, "d", "e", 100, 40, 60));
        edit.add(0, meta(0, "d", "e", 100, 61, 70));
        edit.add(0, meta(0, "d", "e", 100, 71, 80));
        table(1, "a", "m", 2000);
        apply();
        assertNull(picker.pick());
    }

    @Test
    void oneTableDoesNotBecomeOne() {
        final TestDatabase eager = new TestDatabase(
                new SimulatedStorage(),
                TestDatabase.smallOptions().compactionL0Trigger(1).build());
        table(0, "a", "z", 100);
        table(1, "a", "z", 200);
        eager.context().versions().apply(edit);
        assertNull(new CompactionPicker(eager.context(), () -> false).pick());
    }

    @Test
    void tooMuchAtOnceDoesNotBecomeOne() {
        for (int i = 0; i < 3; i++) {
            table(0, "a", "z", 50 << 20);
        }
        table(1, "a", "z", 160 << 20);
        apply();
        assertFalse(picker.score(database.version(), 0) >= 1);
    }

    @Test
    void level0IsTakenInPartsIfItIsHuge() {
        for (int i = 0; i < 50; i++) {
            table(0, "a", "z", 100);
        }
        apply();
        final Compaction plan = picker.pick();
        assertEquals(CompactionPicker.MAX_LEVEL0_INPUTS, plan.upper().size());
        final TableFile[] level0 = database.version().level(0);
        assertEquals(level0[49], plan.upper().get(31));
        assertEquals(level0[18], plan.upper().get(0));
    }

    @Test
    void theEditMovesTablesAndThePointer() {
        table(1, "a", "b", 3000);
        table(1, "c", "d", 3000);
        apply();
        final Compaction plan = picker.pick();
        assertTrue(plan.isMove());
        final TableFile moved = database.version().level(1)[0];
        database.run(new CompactionTask(context, plan));
        final Version version = database.version();
        assertEquals(1, version.level(1).length);
        assertEquals(moved, version.level(2)[0]);
        assertArrayEquals(TestTables.key("b"), context.versions().compactionPointer(1));
        assertEquals(0, context.inFlight().size());
        assertNull(picker.pick());
        assertNotNull(version);
    }
}
