package org.avccdb.engine.storage;

import static org.avccdb.engine.storage.StorageContract.array;
import static org.avccdb.engine.storage.StorageContract.contents;
import static org.avccdb.engine.storage.StorageContract.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;

/** Each kind of crash leaves what it says, all of what it says, and never loses what is durable. */
class CrashTest {
    private static final int SEEDS = 300;

    private final SimulatedStorage storage = new SimulatedStorage();

    /** What the images of all seeds have in some respect. */
    private <T> List<T> seen(final CrashKind kind, final Function<SimulatedStorage, T> what) {
        final List<T> seen = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            seen.add(what.apply(storage.crash(kind, seed)));
        }
        return seen;
    }

    private void always(final CrashKind kind, final Predicate<SimulatedStorage> holds) {
        final List<Boolean> seen = seen(kind, holds::test);
        assertFalse(seen.contains(false), kind + ", seed " + seen.indexOf(false));
    }

    private void sometimes(final CrashKind kind, final Predicate<SimulatedStorage> holds) {
        assertTrue(seen(kind, holds::test).contains(true), "no image of " + kind + " is so");
    }

    private static boolean has(final SimulatedStorage image, final String name, final int... values) {
        return image.exists(name) && Arrays.equals(StorageContract.bytes(array(values)), image.bytes(name));
    }

    /** A log of so many sectors, durable and full of ones. */
    private LogFile log(final String name, final int sectors) {
        final LogFile log = storage.createLog(name, sectors * 512);
        log.write(0, array(filled(sectors * 512, 1)), 0, sectors * 512);
        log.sync();
        storage.syncDirectory();
        return log;
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** The value of each sector of which all bytes are equal, else -1. */
    private static List<Integer> sectors(final SimulatedStorage image, final String name) {
        final byte[] bytes = image.bytes(name);
        final List<Integer> sectors = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += 512) {
            final byte[] sector = Arrays.copyOfRange(bytes, start, Math.min(start + 512, bytes.length));
            sectors.add(Arrays.equals(sector, filled(sector.length, sector[0])) ? (int) sector[0] : -1);
        }
        return sectors;
    }

    @Test
    void nothingUnsyncedIsLeft() {
        write(storage, "kept", 1);
        storage.syncDirectory();
        final LogFile log = log("log", 2);
        final AppendFile file = storage.create("grown");
        file.append(array(1, 2), 0, 2);
        file.sync();
        storage.syncDirectory();

        file.append(array(3), 0, 1);
        log.write(0, array(9), 0, 1);
        storage.delete("kept");
        write(storage, "new", 5);
        final SimulatedStorage image = storage.crash(CrashKind.NOTHING, 1);
        assertEquals(List.of("grown", "kept", "log"), image.list());
        assertTrue(has(image, "grown", 1, 2));
        assertTrue(has(image, "kept", 1));
        assertEquals(List.of(1, 1), sectors(image, "log"));
    }

    @Test
    void everythingIsLeft() {
        write(storage, "gone", 1);
        final LogFile log = log("log", 1);
        log.write(0, array(filled(512, 2)), 0, 512);
        final AppendFile file = storage.create("f");
        file.append(array(1, 2), 0, 2);
        storage.delete("gone");
        storage.rename("f", "g");
        file.append(array(3), 0, 1);
        final SimulatedStorage image = storage.crash(CrashKind.EVERYTHING, 1);
        assertEquals(List.of("g", "log"), image.list());
        assertTrue(has(image, "g", 1, 2, 3));
        assertEquals(List.of(2), sectors(image, "log"));
    }

    @Test
    void anImageIsDurableAndIndependent() {
        final LogFile log = log("log", 1);
        log.write(0, array(filled(512, 2)), 0, 512);
        final SimulatedStorage image = storage.crash(CrashKind.EVERYTHING, 1);
        log.write(0, array(filled(512, 3)), 0, 512);
        log.sync();
        storage.delete("log");
        assertEquals(List.of(2), sectors(image.crash(CrashKind.NOTHING, 1), "log"));
        assertEquals(List.of(), image.openFiles());
        image.delete("log");
        image.syncDirectory();
        assertEquals(List.of(3), sectors(storage.crash(CrashKind.NOTHING, 1), "log"));
    }

    @Test
    void theSameSeedLeavesTheSame() {
        log("log", 8).write(100, array(filled(3_000, 2)), 0, 3_000);
        write(storage, "a", 1, 2, 3);
        for (final CrashKind kind : CrashKind.values()) {
            for (int seed = 0; seed < 20; seed++) {
                final SimulatedStorage one = storage.crash(kind, seed);
                final SimulatedStorage two = storage.snapshot().crash(kind, seed);
                assertEquals(one.lengths(), two.lengths());
                one.list().forEach(name -> assertArrayEquals(one.bytes(name), two.bytes(name)));
            }
        }
    }

    @Test
    void aPrefixRunsOverAllFilesAndNames() {
        final LogFile a = log("a", 1);
        final LogFile b = log("b", 1);
        a.write(0, array(2), 0, 1);
        b.write(0, array(3), 0, 1);
        write(storage, "c", 4);
        a.write(1, array(5), 0, 1);
        storage.rename("c", "d");
        b.write(1, array(6), 0, 1);
        final Set<String> seen = new TreeSet<>(seen(CrashKind.PREFIX, image -> {
            final byte[] inA = image.bytes("a");
            final byte[] inB = image.bytes("b");
            return "" + inA[0] + inB[0] + inA[1] + inB[1] + image.exists("c") + image.exists("d");
        }));
        assertEquals(
                Set.of(
                        "1111falsefalse",
                        "2111falsefalse",
                        "2311falsefalse",
                        "2311truefalse",
                        "2351truefalse",
                        "2351falsetrue",
                        "2356falsetrue"),
                seen);
        sometimes(CrashKind.PREFIX, image -> has(image, "c", 4));
    }

    @Test
    void sectorsAreKeptInAnyOrderButNeverTorn() {
        final LogFile log = log("log", 4);
        log.write(0, array(filled(4 * 512, 2)), 0, 4 * 512);
        log.write(512, array(filled(512, 3)), 0, 512);
        always(
                CrashKind.SECTORS,
                image -> sectors(image, "log").stream().allMatch(value -> value == 1 || value == 2 || value == 3));
        sometimes(CrashKind.SECTORS, image -> sectors(image, "log").equals(List.of(1, 3, 1, 2)));
        sometimes(CrashKind.SECTORS, image -> sectors(image, "log").equals(List.of(2, 2, 2, 1)));
        sometimes(CrashKind.SECTORS, image -> sectors(image, "log").equals(List.of(2, 1, 2, 2)));
        sometimes(CrashKind.SECTORS, image -> sectors(image, "log").equals(List.of(1, 1, 1, 1)));
        sometimes(CrashKind.SECTORS, image -> sectors(image, "log").equals(List.of(2, 3, 2, 2)));
    }

    @Test
    void aSectorHasALaterWriteOnlyWithTheEarlierOnes() {
        final LogFile log = log("log", 1);
        log.write(10, array(2), 0, 1);
        log.write(20, array(3), 0, 1);
        final Set<String> seen =
                new TreeSet<>(seen(CrashKind.SECTORS, image -> "" + image.bytes("log")[10] + image.bytes("log")[20]));
        assertEquals(Set.of("11", "21", "23"), seen);
    }

    @Test
    void aTornSectorIsPartlyOld() {
        final LogFile log = log("log", 3);
        log.write(0, array(filled(3 * 512, 2)), 0, 3 * 512);
        final List<Integer> torn = new ArrayList<>();
        for (final byte[] bytes : seen(CrashKind.TORN_SECTORS, image -> image.bytes("log"))) {
            int changes = 0;
            for (int i = 513; i < 1_024; i++) {
                changes += bytes[i] == bytes[i - 1] ? 0 : 1;
                assertTrue(bytes[i] == 1 || bytes[i] == 2);
            }
            assertTrue(changes <= 1);
            torn.add(changes == 0 ? 0 : (int) bytes[512]);
        }
        assertEquals(Set.of(0, 1, 2), new TreeSet<>(torn));
    }

    @Test
    void tearingHarmsNoSyncedNeighbour() {
        final LogFile log = log("log", 1);
        log.write(100, array(filled(100, 2)), 0, 100);
        log.sync();
        log.write(200, array(filled(100, 3)), 0, 100);
        for (final CrashKind kind : CrashKind.values()) {
            always(kind, image -> {
                final byte[] bytes = image.bytes("log");
                return Arrays.equals(Arrays.copyOf(bytes, 100), filled(100, 1))
                        && Arrays.equals(Arrays.copyOfRange(bytes, 100, 200), filled(100, 2));
            });
        }
    }

    @Test
    void aFileCanBeLongWithoutItsData() {
        final AppendFile file = storage.create("f");
        file.append(array(filled(600, 1)), 0, 600);
        file.sync();
        storage.syncDirectory();
        file.append(array(filled(2_000, 2)), 0, 2_000);
        final Predicate<SimulatedStorage> sound = image -> {
            final byte[] bytes = image.bytes("f");
            return bytes.length >= 600
                    && bytes.length <= 2_600
                    && Arrays.equals(Arrays.copyOf(bytes, 600), filled(600, 1));
        };
        for (final CrashKind kind : CrashKind.values()) {
            always(kind, sound);
        }
        always(CrashKind.SIZE_WITHOUT_DATA, image -> {
            final byte[] bytes = image.bytes("f");
            return bytes.length < 700
                    || !Arrays.equals(Arrays.copyOfRange(bytes, 600, bytes.length), filled(bytes.length - 600, 2));
        });
        sometimes(
                CrashKind.SIZE_WITHOUT_DATA,
                image -> image.bytes("f").length == 2_600
                        && Arrays.equals(Arrays.copyOfRange(image.bytes("f"), 600, 2_600), new byte[2_000]));
        sometimes(
                CrashKind.SIZE_WITHOUT_DATA,
                image ->
                        image.bytes("f").length == 2_600 && !sectors(image, "f").contains(0));
        sometimes(
                CrashKind.SIZE_WITHOUT_DATA,
                image -> image.bytes("f").length % 512 != 0 && image.bytes("f").length != 2_600);
        sometimes(
                CrashKind.SECTORS,
                image -> image.bytes("f").length == 2_600
                        && sectors(image, "f").contains(0)
                        && sectors(image, "f").contains(2));
        sometimes(CrashKind.SECTORS, image -> image.bytes("f").length == 600);
        sometimes(CrashKind.TORN_SECTORS, image -> {
            final List<Integer> sectors = sectors(image, "f");
            return sectors.size() > 3 && sectors.get(2) == -1;
        });
    }

    @Test
    void aLogInPlaceKeepsItsOldBytesWhereDataIsLost() {
        log("log", 2).write(0, array(filled(1_024, 2)), 0, 1_024);
        always(CrashKind.SIZE_WITHOUT_DATA, image -> sectors(image, "log").equals(List.of(1, 1)));
    }

    @Test
    void anySubsetOfTheChangesToNamesIsKept() {
        write(storage, "old", 1);
        write(storage, "moved", 2);
        storage.syncDirectory();
        write(storage, "new", 3);
        storage.delete("old");
        storage.rename("moved", "there");
        final Set<String> seen =
                new TreeSet<>(seen(CrashKind.NAMES_SUBSET, image -> image.list().toString()));
        assertEquals(
                Set.of(
                        "[moved, old]",
                        "[moved, new, old]",
                        "[moved]",
                        "[old, there]",
                        "[moved, new]",
                        "[new, old, there]",
                        "[there]",
                        "[new, there]"),
                seen);
        always(
                CrashKind.NAMES_SUBSET,
                image -> (!image.exists("new") || has(image, "new", 3))
                        && (!image.exists("there") || has(image, "there", 2)));
    }

    @Test
    void aRenameCanBeKeptAndItsDataLost() {
        write(storage, "CURRENT", 1);
        storage.syncDirectory();
        final AppendFile next = storage.create("CURRENT.next");
        next.append(array(2, 3), 0, 2);
        next.close();
        storage.rename("CURRENT.next", "CURRENT");
        always(
                CrashKind.NAMES_WITHOUT_DATA,
                image -> has(image, "CURRENT") && image.list().size() == 1);
        sometimes(CrashKind.NAMES_SUBSET, image -> has(image, "CURRENT"));
        sometimes(CrashKind.NAMES_SUBSET, image -> has(image, "CURRENT", 1) && image.exists("CURRENT.next"));
        sometimes(CrashKind.NAMES_SUBSET, image -> has(image, "CURRENT", 2, 3));
        sometimes(CrashKind.SIZE_WITHOUT_DATA, image -> has(image, "CURRENT", 0, 0));
        always(CrashKind.NAMES_SUBSET, image -> image.exists("CURRENT"));
    }

    @Test
    void aSyncedFileWithoutADurableNameMayVanishAndADeletedOneComeBack() {
        write(storage, "deleted", 1);
        storage.syncDirectory();
        write(storage, "created", 2);
        storage.delete("deleted");
        assertEquals(List.of("deleted"), storage.crash(CrashKind.NOTHING, 0).list());
        always(CrashKind.NAMES_WITHOUT_DATA, image -> has(image, "created", 2) && !image.exists("deleted"));
        storage.syncDirectory();
        for (final CrashKind kind : CrashKind.values()) {
            always(kind, image -> has(image, "created", 2) && image.list().size() == 1);
        }
    }

    @Test
    void aFileOfTwoNamesStaysOneFile() {
        write(storage, "f", 1);
        final SimulatedStorage target = storage.directory("/target");
        storage.linkOrCopy("f", target);
        final SimulatedStorage image = storage.crash(CrashKind.EVERYTHING, 0);
        image.flipByte("f", 0, 3);
        assertTrue(has(image.directory("/target"), "f", 2));
        assertEquals(
                List.of(),
                storage.crash(CrashKind.NOTHING, 0).directory("/target").list());
        target.syncDirectory();
        assertEquals(
                List.of("f"),
                storage.crash(CrashKind.NOTHING, 0).directory("/target").list());
        assertEquals(
                List.of(),
                target.crash(CrashKind.NOTHING, 0).directory("/simulated").list());
    }

    @Test
    void aLinkedFileIsSynced() {
        final AppendFile file = storage.create("f");
        file.append(array(1), 0, 1);
        file.close();
        storage.linkOrCopy("f", storage.directory("/target"));
        always(CrashKind.NAMES_WITHOUT_DATA, image -> has(image, "f", 1) && has(image.directory("/target"), "f", 1));
    }

    @Test
    void theDeathOfTheProcessLosesOnlyWhatItHadNotHandedOver() {
        final LogFile log = log("log", 1);
        log.write(0, array(2), 0, 1);
        final AppendFile file = storage.create("f");
        file.append(array(1), 0, 1);
        file.flush();
        file.append(array(2), 0, 1);
        final AppendFile closed = storage.create("g");
        closed.append(array(1), 0, 1);
        closed.close();
        final AppendFile synced = storage.create("h");
        synced.append(array(1), 0, 1);
        synced.sync();
        synced.append(array(2), 0, 1);
        final SimulatedStorage image = storage.processKillImage();
        assertEquals(List.of("f", "g", "h", "log"), image.list());
        assertEquals(2, image.bytes("log")[0]);
        assertTrue(has(image, "f", 1));
        assertTrue(has(image, "g", 1));
        assertTrue(has(image, "h", 1));
        assertEquals(List.of(), image.openFiles());
        assertTrue(has(storage, "f", 1, 2));
        assertTrue(has(image.crash(CrashKind.EVERYTHING, 0), "f", 1));
        // The cache of the system outlives the process, but not the power.
        final SimulatedStorage cut = image.crash(CrashKind.NOTHING, 0);
        assertEquals(List.of("log"), cut.list());
        assertEquals(1, cut.bytes("log")[0]);
    }

    @Test
    void aCreatedLogIsDurableWhenItIsSyncedAndNotBefore() {
        final LogFile log = storage.createLog("log", 100_000);
        final Set<Long> lengths = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            final Map<String, Long> made =
                    storage.crash(CrashKind.SECTORS, seed).lengths();
            lengths.add(made.getOrDefault("log", -1L));
        }
        assertTrue(lengths.contains(-1L) && lengths.contains(100_000L) && lengths.size() > 10, lengths.toString());
        log.sync();
        assertEquals(
                Map.of("log", 100_000L),
                storage.crash(CrashKind.NAMES_WITHOUT_DATA, 0).lengths());
    }

    @Test
    void theHookSeesEveryChangeAndNothingElse() {
        final List<String> calls = new ArrayList<>();
        storage.onOperation((number, operation) -> {
            calls.add(number + " " + operation);
            storage.crash(CrashKind.EVERYTHING, number).create("x").close();
            storage.create("inner").close();
        });
        final AppendFile file = storage.create("f");
        file.append(array(1), 0, 1);
        file.flush();
        file.sync();
        file.close();
        storage.open("f").close();
        storage.list();
        final LogFile log = storage.createLog("l", 10);
        log.write(0, array(1), 0, 1);
        log.sync();
        storage.recycleLog("l", "m");
        storage.linkOrCopy("m", storage.directory("/o"));
        storage.rename("m", "n");
        storage.delete("n");
        storage.syncDirectory();
        final List<String> operations = new ArrayList<>();
        calls.forEach(call -> operations.add(call.substring(call.indexOf(' ') + 1)));
        assertEquals(
                List.of(
                        "CREATE",
                        "APPEND",
                        "FLUSH",
                        "SYNC",
                        "CREATE_LOG",
                        "WRITE",
                        "SYNC",
                        "RECYCLE_LOG",
                        "LINK",
                        "RENAME",
                        "DELETE",
                        "SYNC_DIRECTORY"),
                operations);
        storage.onOperation(null);
        storage.create("g").close();
        assertEquals(operations.size(), calls.size());
        assertTrue(storage.operations() > operations.size());
    }

    @Test
    void aHooksFailureReachesWhoeverDidTheOperation() {
        storage.onOperation((number, operation) -> {
            if (operation == Operation.SYNC) {
                throw new AssertionError("found");
            }
        });
        final AppendFile file = storage.create("f");
        assertThrows(AssertionError.class, file::sync);
    }

    @Test
    void damageIsDurable() {
        write(storage, "f", 1, 2, 3, 4);
        storage.syncDirectory();
        storage.flipByte("f", 1, 0x80);
        assertTrue(has(storage.crash(CrashKind.NOTHING, 0), "f", 1, 0x82, 3, 4));
        storage.zero("f", 0, 2);
        storage.overwrite("f", 3, new byte[] {7, 8});
        assertTrue(has(storage, "f", 0, 0, 3, 7, 8));
        storage.truncate("f", 3);
        assertEquals(Map.of("f", 3L), storage.lengths());
        assertTrue(has(storage.crash(CrashKind.NOTHING, 0), "f", 0, 0, 3));
        assertArrayEquals(new byte[] {0, 0, 3}, contents(storage, "f"));
        assertNotEquals(4, storage.length("f"));
    }

    /** Random work, and after it random images: each byte is one that it was, or was written as, since it was durable. */
    @Test
    void noImageHoldsWhatWasNeverThereOrLacksWhatIsDurable() {
        for (int seed = 0; seed < 15; seed++) {
            final CrashOracle oracle = new CrashOracle(seed);
            for (int step = 0; step < 40; step++) {
                oracle.step();
                for (final CrashKind kind : CrashKind.values()) {
                    oracle.check(kind, (long) seed * 1_000 + step);
                }
            }
        }
    }

    @Test
    void thousandsOfImagesWithLargeLogsAreCheap() {
        final Map<String, LogFile> logs = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            logs.put("log" + i, storage.createLog("log" + i, 256 << 20));
        }
        storage.syncDirectory();
        final int[] images = {0};
        storage.onOperation((number, operation) -> {
            for (final CrashKind kind : CrashKind.values()) {
                images[0] += storage.crash(kind, number).list().size();
            }
        });
        for (int i = 0; i < 250; i++) {
            logs.get("log" + (i % 4)).write(i * 1_000, array(filled(200, i)), 0, 200);
        }
        assertEquals(250 * 8 * 4, images[0]);
    }
}
