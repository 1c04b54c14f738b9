package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static final long NUMBER = 12;
    private static final String NAME = FileNames.manifest(NUMBER);
    private static final CurrentDescriptor.Current CURRENT = new CurrentDescriptor.Current(Samples.identity(), NUMBER);

    private final SimulatedStorage storage = new SimulatedStorage();
    /** Where each record ends, edits and seals in turn. */
    private final List<Integer> ends = new ArrayList<>();

    /** Writes edits with number {@code first} and so on, each with its seal but for the last where that is not wanted. */
    private byte[] write(final List<VersionEdit> edits, final long first, final boolean sealLast) {
        ends.clear();
        try (ManifestWriter writer = new ManifestWriter(storage, NUMBER, Samples.identity())) {
            for (int i = 0; i < edits.size(); i++) {
                if (i == 0) {
                    writer.begin(edits.get(0), first);
                    ends.add((int) writer.length() - ManifestDescriptor.SEAL_LENGTH);
                } else {
                    writer.append(edits.get(i), first + i);
                    ends.add((int) writer.length());
                    if (sealLast || i < edits.size() - 1) {
                        writer.seal(first + i);
                    }
                }
                ends.add((int) writer.length());
            }
        }
        return storage.bytes(NAME);
    }

    private List<VersionEdit> read() {
        final List<VersionEdit> edits = new ArrayList<>();
        ManifestReader.read(storage, CURRENT, edit -> {
            edits.add(edit);
            return null;
        });
        return edits;
    }

    private void put(final byte[] bytes) {
        storage.create(NAME).close();
        storage.overwrite(NAME, 0, bytes);
    }

    private static List<VersionEdit> edits(final int count, final long seed) {
        final Random random = new Random(seed);
        final List<VersionEdit> edits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edits.add(Samples.edit(random).nextNumber(5));
        }
        return edits;
    }

    @Test
    void everyEditIsReadAsItWasWritten() {
        for (int seed = 0; seed < 100; seed++) {
            final List<VersionEdit> edits = edits(1 + seed % 10, seed);
            write(edits, 1 + seed * 1000L, seed % 2 == 0);
            assertEquals(edits, read(), "seed " + seed);
        }
    }

    @Test
    void ofATornAppendNothingIsSeen() {
        final List<VersionEdit> edits = edits(5, 7);
        final byte[] whole = write(edits, 3, true);
        for (int length = ends.get(0); length <= whole.length; length++) {
            final byte[] cut = Arrays.copyOf(whole, length);
            final byte[] noise = Samples.bytes(new Random(length), length + 200);
            System.arraycopy(whole, 0, noise, 0, length);
            // A power cut may leave the length and lose the bytes, or leave others in their place.
            for (final byte[] torn : List.of(cut, Arrays.copyOf(cut, length + 200), noise)) {
                put(torn);
                assertEquals(edits.subList(0, editsIn(torn, whole)), read(), "torn at " + length);
            }
        }
    }

    private int editsIn(final byte[] torn, final byte[] whole) {
        final int mismatch = Arrays.mismatch(torn, whole);
        final int length = mismatch < 0 ? whole.length : mismatch;
        int count = 0;
        for (int i = 0; i < ends.size(); i += 2) {
            count += ends.get(i) <= length ? 1 : 0;
        }
        return count;
    }

    @Test
    void withoutItsFirstEditAManifestIsNothing() {
        final byte[] whole = write(edits(3, 8), 3, true);
        for (int length = 0; length < ends.get(0); length++) {
            put(Arrays.copyOf(whole, length));
            assertThrows(CorruptionException.class, this::read, "cut to " + length);
        }
    }

    @Test
    void everyFlippedByteOfASealedManifestIsFoundOrChangesNothing() {
        for (final int count : new int[] {1, 3}) {
            final List<VersionEdit> edits = edits(count, 9);
            final byte[] whole = write(edits, 3, true);
            int harmless = 0;
            for (int position = 0; position < whole.length; position++) {
                final byte[] damaged = whole.clone();
                damaged[position] ^= (byte) (1 << position % 8);
                put(damaged);
                try {
                    assertEquals(edits, read(), "byte " + position);
                    harmless++;
                } catch (final CorruptionException e) {
                    assertEquals(NAME, e.file());
                    assertTrue(e.offset() >= 0, e.getMessage());
                }
            }
            // Only seals are spared.
            assertEquals(count * ManifestDescriptor.SEAL_LENGTH, harmless);
        }
    }

    @Test
    void aWriteThatWasNeverAcknowledgedMayBeDamaged() {
        final List<VersionEdit> edits = edits(3, 10);
        final byte[] whole = write(edits, 3, false);
        for (int position = ends.get(3); position < whole.length; position++) {
            final byte[] damaged = whole.clone();
            damaged[position]++;
            put(damaged);
            assertEquals(edits.subList(0, 2), read(), "byte " + position);
        }
    }

    @Test
    void aSealLostByAPowerCutDoesNotHideTheEditBehindIt() {
        final List<VersionEdit> edits = edits(4, 11);
        final byte[] whole = write(edits, 3, false);
        Arrays.fill(whole, ends.get(4), ends.get(5), (byte) 0);
        put(whole);
        assertEquals(edits, read());
        // The edit behind it is torn too: then it never counted.
        whole[whole.length - 1]++;
        put(whole);
        assertEquals(edits.subList(0, 3), read());
        // But an edit that is torn was not acknowledged, so nothing can be behind it.
        final byte[] sealed = write(edits, 3, true);
        Arrays.fill(sealed, ends.get(4), ends.get(5), (byte) 0);
        sealed[ends.get(5) + 20]++;
        put(sealed);
        assertThrows(CorruptionException.class, this::read);
    }

    @Test
    void editsAreNotLeftOut() {
        final List<VersionEdit> edits = edits(4, 12);
        final byte[] whole = write(edits, 3, true);
        // The third edit and its seal cut out.
        final byte[] shorter = Arrays.copyOf(whole, whole.length - (ends.get(5) - ends.get(3)));
        System.arraycopy(whole, ends.get(5), shorter, ends.get(3), whole.length - ends.get(5));
        put(shorter);
        assertThrows(CorruptionException.class, this::read);
        // A number left out.
        try (ManifestWriter writer = new ManifestWriter(storage, NUMBER, Samples.identity())) {
            writer.begin(edits.get(0), 1);
            writer.append(edits.get(1), 3);
        }
        assertTrue(
                assertThrows(CorruptionException.class, this::read).getMessage().contains("edit 3 follows edit 1"));
    }

    @Test
    void aManifestOfAnotherDatabaseOrNumberIsRefused() {
        write(edits(2, 13), 1, true);
        final byte[] other = Samples.identity().databaseId().clone();
        other[0]++;
        final Identity identity = Identity.of(other, Samples.identity().versionOrder(), true);
        assertThrows(
                CorruptionException.class,
                () -> ManifestReader.read(storage, new CurrentDescriptor.Current(identity, NUMBER), edit -> null));
        storage.rename(NAME, FileNames.manifest(13));
        assertThrows(
                CorruptionException.class,
                () -> ManifestReader.read(
                        storage, new CurrentDescriptor.Current(Samples.identity(), 13), edit -> null));
    }

    @Test
    void garbageIsCorruptionSoonAndInLittleMemory() {
        final byte[] whole = write(edits(3, 14), 1, true);
        final int megabytes = 4 << 20;
        final byte[] long1 = Arrays.copyOf(whole, megabytes);
        // As many headers as fit, each claiming a record to the end of the file.
        final org.agrona.concurrent.UnsafeBuffer buffer = new org.agrona.concurrent.UnsafeBuffer(long1);
        for (int at = whole.length; at + 16 <= long1.length; at += 16) {
            buffer.putInt(at + ManifestDescriptor.LENGTH_OFFSET, megabytes - at - 16);
            buffer.putLong(at + ManifestDescriptor.NUMBER_OFFSET, 4);
        }
        put(long1);
        assertTrue(
                assertThrows(CorruptionException.class, this::read).getMessage().contains("too much of it is damaged"));
        for (int seed = 0; seed < 300; seed++) {
            final Random random = new Random(seed);
            final byte[] damaged = whole.clone();
            final int from = random.nextInt(damaged.length);
            System.arraycopy(Samples.bytes(random, damaged.length), 0, damaged, from, damaged.length - from);
            put(damaged);
            try {
                read();
            } catch (final CorruptionException e) {
                assertEquals(NAME, e.file());
            }
        }
    }

    @Test
    void onlyTheBeginningOfACreationIsUnborn() {
        final VersionEdit empty = new VersionEdit().lastSequence(0).nextNumber(5);
        final byte[] created = write(List.of(empty), 1, true);
        for (int length = 0; length <= created.length; length++) {
            put(Arrays.copyOf(created, length));
            assertTrue(ManifestReader.isUnborn(storage, NUMBER), "cut to " + length);
        }
        write(List.of(empty), 2, true);
        assertFalse(ManifestReader.isUnborn(storage, NUMBER));
        write(List.of(empty, new VersionEdit().cleanClose()), 1, true);
        assertFalse(ManifestReader.isUnborn(storage, NUMBER));
        write(List.of(new VersionEdit().lastSequence(1).nextNumber(5)), 1, true);
        assertFalse(ManifestReader.isUnborn(storage, NUMBER));
    }
}
