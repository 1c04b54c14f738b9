package org.avccdb.engine.manifest;

import java.util.Random;
import org.avccdb.VersionOrder;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;

/** Tables, edits and more for tests, some at random. */
final class Samples {
    private Samples() {}

    static Identity identity() {
        final byte[] id = new byte[Identity.ID_LENGTH];
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) (i * 17 + 3);
        }
        return Identity.of(id, VersionOrder.MONOTONE, true);
    }

    /** A cache for tables that nobody reads; those that are let go are disposed of at once. */
    static TableCache cache(final Storage storage) {
        return new TableCache(storage, null, 100, false, TableFile::dispose);
    }

    static byte[] key(final Random random, final int maxLength) {
        final byte[] key = new byte[random.nextInt(maxLength + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85); // Few values, 0 and 255 among them, so that keys share prefixes.
        }
        return key;
    }

    static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** With bounds that fit any table. */
    static TableMeta table(
            final long number, final byte[] smallest, final byte[] largest, final long min, final long max) {
        return new TableMeta(
                number,
                100 + number,
                smallest,
                largest,
                10,
                2,
                1,
                min,
                max,
                7,
                null,
                new TableOrigin(0, new long[0], number, 1));
    }

    static TableMeta table(final Random random) {
        byte[] smallest = key(random, 20);
        byte[] largest = key(random, 20);
        if (java.util.Arrays.compareUnsigned(smallest, largest) > 0) {
            final byte[] swap = smallest;
            smallest = largest;
            largest = swap;
        }
        final long records = 1L + random.nextInt(1000);
        final long keyDeletes = random.nextInt((int) records + 1);
        final long[] replaced = new long[random.nextInt(4)];
        for (int i = 0; i < replaced.length; i++) {
            replaced[i] = 1L + random.nextInt(100);
        }
        final long min = random.nextInt(1000);
        return new TableMeta(
                1L + random.nextInt(Integer.MAX_VALUE),
                1L + random.nextInt(Integer.MAX_VALUE),
                smallest,
                largest,
                records,
                keyDeletes,
                random.nextInt((int) (records - keyDeletes) + 1),
                min,
                min + random.nextInt(1000),
                random.nextLong() >>> 1 >>> random.nextInt(63),
                random.nextBoolean() ? null : bytes(random, EditDescriptor.ROOT_LENGTH),
                new TableOrigin(random.nextInt(Version.LEVELS), replaced, 1L + random.nextInt(100), random.nextInt(3)));
    }

    /** Any edit, as far as it can be encoded; it need not make sense. */
    static VersionEdit edit(final Random random) {
        final VersionEdit edit = new VersionEdit();
        for (int i = random.nextInt(4); i > 0; i--) {
            edit.add(random.nextInt(Version.LEVELS), table(random));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            edit.remove(random.nextInt(Version.LEVELS), 1L + random.nextInt(1000));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            edit.segmentEnd(random.nextInt(10), random.nextInt(10_000), random.nextInt(1000));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            edit.compactionPointer(random.nextInt(Version.LEVELS), key(random, 10));
        }
        if (random.nextBoolean()) {
            edit.oldestJournal(random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            edit.lastSequence(random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            edit.flushedSequence(random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            edit.highestVersion(random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            edit.appliedPosition(random.nextLong());
        }
        if (random.nextBoolean()) {
            edit.nextNumber(1L + random.nextInt(1000));
        }
        if (random.nextInt(4) == 0) {
            edit.cleanClose();
        }
        return edit;
    }

    /** Puts a file of the right length where a table should be. */
    static void createTable(final Storage storage, final TableMeta meta) {
        try (AppendFile file = storage.create(FileNames.table(meta.number()))) {
            file.append(new org.agrona.concurrent.UnsafeBuffer(new byte[(int) meta.bytes()]), 0, (int) meta.bytes());
            file.sync();
        }
    }
}
