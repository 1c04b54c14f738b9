package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

class EditDescriptorTest {
    private static byte[] encode(final VersionEdit edit) {
        final byte[] bytes = new byte[(int) EditDescriptor.length(edit)];
        EditDescriptor.encode(edit, bytes, 0);
        return bytes;
    }

    private static VersionEdit decode(final byte[] bytes) {
        return EditDescriptor.decode(bytes, 0, bytes.length, "MANIFEST-000001", 0);
    }

    @Test
    void everyEditIsReadAsItWasWritten() {
        for (int seed = 0; seed < 3000; seed++) {
            final VersionEdit edit = Samples.edit(new Random(seed));
            final byte[] bytes = encode(edit);
            assertEquals(edit, decode(bytes), "seed " + seed);
            final byte[] shifted = new byte[bytes.length + 30];
            Arrays.fill(shifted, (byte) 0xEE);
            System.arraycopy(bytes, 0, shifted, 13, bytes.length);
            assertEquals(edit, EditDescriptor.decode(shifted, 13, 13 + bytes.length, "m", 0), "seed " + seed);
        }
    }

    @Test
    void editsDifferInEveryPart() {
        final TableMeta table = Samples.table(1, new byte[0], new byte[] {1}, 1, 2);
        final VersionEdit[] edits = {
            new VersionEdit(),
            new VersionEdit().add(0, table),
            new VersionEdit().add(1, table),
            new VersionEdit().remove(0, 1),
            new VersionEdit().remove(0, 2),
            new VersionEdit().remove(1, 1),
            new VersionEdit().oldestJournal(0),
            new VersionEdit().lastSequence(0),
            new VersionEdit().flushedSequence(0),
            new VersionEdit().nextNumber(1),
            new VersionEdit().appliedPosition(0),
            new VersionEdit().appliedPosition(-1),
            new VersionEdit().segmentEnd(1, 2, 3),
            new VersionEdit().segmentEnd(1, 2, 4),
            new VersionEdit().compactionPointer(1, new byte[] {1}),
            new VersionEdit().compactionPointer(1, new byte[] {2}),
            new VersionEdit().cleanClose(),
            new VersionEdit().highestVersion(0)
        };
        for (int i = 0; i < edits.length; i++) {
            for (int j = 0; j < edits.length; j++) {
                if (i == j) {
                    assertEquals(edits[i], decode(encode(edits[j])));
                } else {
                    assertNotEquals(edits[i], decode(encode(edits[j])));
                }
            }
            assertEquals(i == 0 || i == 9, edits[i].isEmpty(), edits[i].toString());
        }
    }

    @Test
    void keysOfAnyLengthFit() {
        final byte[] longest = new byte[65_535];
        Arrays.fill(longest, (byte) 0xFF);
        final VersionEdit edit = new VersionEdit()
                .add(3, Samples.table(9, new byte[0], longest, 0, (1L << 56) - 1))
                .compactionPointer(6, longest)
                .compactionPointer(0, new byte[0]);
        assertEquals(edit, decode(encode(edit)));
    }

    @Test
    void garbageIsAnEditOrCorruption() {
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            final Random random = new Random(seed);
            byte[] bytes = encode(Samples.edit(random));
            for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            if (random.nextInt(3) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
            }
            try {
                final VersionEdit edit = decode(bytes);
                assertEquals(edit, decode(encode(edit)), "seed " + seed);
            } catch (final CorruptionException e) {
                assertEquals("MANIFEST-000001", e.file(), "seed " + seed);
                assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, "seed " + seed);
                refused++;
            }
        }
        assertTrue(refused > 5000, "only " + refused + " were refused");
        final byte[] noise = new byte[4096];
        for (int seed = 0; seed < 2000; seed++) {
            final Random random = new Random(seed);
            random.nextBytes(noise);
            noise[1] = (byte) 0x80; // A field that may be passed over.
            noise[2] = 0;
            noise[3] = 0;
            try {
                decode(Arrays.copyOf(noise, random.nextInt(noise.length)));
            } catch (final CorruptionException e) {
                assertEquals("MANIFEST-000001", e.file());
            }
        }
    }

    @Test
    void everyTruncationIsFoundUnlessFieldsAreWhole() {
        final VersionEdit edit = new VersionEdit().add(2, Samples.table(new Random(4)));
        final byte[] bytes = encode(edit);
        for (int length = 1; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(CorruptionException.class, () -> decode(cut), "length " + length);
        }
    }

    @Test
    void compatibleFieldsArePassedOverAndOthersRefused() {
        final VersionEdit edit = new VersionEdit().lastSequence(5).oldestJournal(7);
        final byte[] known = encode(edit);
        final byte[] bytes = Arrays.copyOf(known, known.length + EditDescriptor.FIELD_HEADER_LENGTH + 3);
        final UnsafeBuffer field = new UnsafeBuffer(bytes, known.length, bytes.length - known.length);
        field.putShort(0, (short) 0x8001);
        field.putInt(4, 3);
        assertEquals(edit, decode(bytes));
        field.putShort(0, (short) 0x7001);
        assertTrue(assertThrows(CorruptionException.class, () -> decode(bytes))
                .getMessage()
                .contains("unknown field 28673"));
        field.putShort(0, (short) 0x8001);
        field.putShort(2, (short) 1);
        assertThrows(CorruptionException.class, () -> decode(bytes));
    }

    @Test
    void whatCannotBeIsRefused() {
        final TableMeta sound = Samples.table(9, new byte[] {1}, new byte[] {2}, 10, 20);
        final byte[] bytes = encode(new VersionEdit().add(1, sound));
        decode(bytes);
        final long[][] changes = {
            {0, 7}, // level
            {0, -1},
            {8, 0}, // number
            {8, -1},
            {16, 0}, // bytes
            {24, 0}, // records
            {24, 2}, // fewer records than deletes
            {32, -1},
            {40, 9}, // more version-deletes than are left
            {48, 1}, // zero
            {56, 21}, // lowest sequence above the highest
            {64, 1L << 56},
            {72, Long.MAX_VALUE},
            {80, 7},
            {88, 0},
            {96, 1L << 31},
            {104, 2}, // two roots
        };
        for (final long[] change : changes) {
            final byte[] changed = bytes.clone();
            final UnsafeBuffer buffer = new UnsafeBuffer(changed);
            buffer.putLong(EditDescriptor.FIELD_HEADER_LENGTH + (int) change[0], change[1]);
            assertThrows(CorruptionException.class, () -> decode(changed), Arrays.toString(change));
        }
        final byte[] swapped =
                encode(new VersionEdit().add(1, Samples.table(9, new byte[] {3}, new byte[] {2}, 10, 20)));
        assertThrows(CorruptionException.class, () -> decode(swapped));
    }

    @Test
    void nothingIsSaidTwice() {
        final VersionEdit[] edits = {
            new VersionEdit().oldestJournal(1),
            new VersionEdit().lastSequence(1),
            new VersionEdit().flushedSequence(1),
            new VersionEdit().highestVersion(1),
            new VersionEdit().nextNumber(1),
            new VersionEdit().appliedPosition(1),
            new VersionEdit().segmentEnd(1, 2, 3),
            new VersionEdit().compactionPointer(1, new byte[3]),
            new VersionEdit().cleanClose()
        };
        for (final VersionEdit edit : edits) {
            final byte[] once = encode(edit);
            final byte[] twice = Arrays.copyOf(once, 2 * once.length);
            System.arraycopy(once, 0, twice, once.length, once.length);
            assertThrows(CorruptionException.class, () -> decode(twice), edit.toString());
        }
    }

    @Test
    void argumentsAreChecked() {
        final VersionEdit edit = new VersionEdit();
        assertThrows(IllegalArgumentException.class, () -> edit.remove(7, 1));
        assertThrows(IllegalArgumentException.class, () -> edit.remove(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> edit.lastSequence(-1));
        assertThrows(IllegalArgumentException.class, () -> edit.segmentEnd(1, -1, 0));
        assertTrue(edit.isEmpty());
    }
}
