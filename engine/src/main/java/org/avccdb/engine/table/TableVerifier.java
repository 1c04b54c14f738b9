package org.avccdb.engine.table;

import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.table.FooterDescriptor.Section;

/**
 * Reads all of a table and compares what is there with what index, filter and properties say: checks, order, restarts, counts,
 * fences, hash rows and root, and that the filter lets every key through. Goes on behind a damaged block.
 */
final class TableVerifier {
    private final TableReader reader;
    private final Consumer<String> problems;
    private final BlockPlace place = new BlockPlace();
    private final BlockCursor block = new BlockCursor(place);
    private final TableTally tally = new TableTally();
    private final TableHashing hashing;

    private byte[] lastKey = new byte[0];
    private final UnsafeBuffer last = new UnsafeBuffer(lastKey);
    private long lastVersion;
    private long lastStamp;
    private long keyHash;
    private boolean damaged;
    private int longestBlock;

    TableVerifier(final TableReader reader, final Consumer<String> problems) {
        this.reader = reader;
        this.problems = problems;
        this.hashing = reader.rows() == null ? null : new TableHashing(reader.ledger());
        if (hashing != null) {
            hashing.begin(HashWorker.NONE);
        }
    }

    void verify() {
        try {
            verifyAll();
        } finally {
            place.detach();
            if (hashing != null) {
                hashing.free();
            }
        }
    }

    private void verifyAll() {
        for (int i = 0; i < reader.index().blocks(); i++) {
            verifyBlock(i);
        }
        verifyPadding(reader.properties().dataBytes(), reader.footer().filter());
        verifyPadding(reader.footer().filter().end(), reader.footer().index());
        if (!damaged && tally.records() > 0) {
            verifyProperties();
            verifyHashes();
        }
    }

    private void report(final long offset, final String what) {
        problems.accept(reader.file().corrupt(offset, what).getMessage());
    }

    private void verifyBlock(final int number) {
        final long offset = reader.index().offset(number);
        try {
            place.leave();
            reader.loader().loadAnew(number, place);
            block.open(reader.file(), offset);
            longestBlock = Math.max(longestBlock, place.contentLength());
            verifyRecords(number, offset);
        } catch (final CorruptionException found) {
            damaged = true;
            problems.accept(found.getMessage());
        } catch (final IndexOutOfBoundsException malformed) {
            damaged = true;
            problems.accept(TableReader.malformed(reader.file().name(), offset, malformed)
                    .getMessage());
        }
    }

    private void verifyRecords(final int number, final long offset) {
        int records = 0;
        int restarts = 0;
        for (boolean more = block.first(); more; more = block.next()) {
            if (block.isRestart(restarts)) {
                if (!block.hasRightDigest(restarts)) {
                    report(block.entryOffset(), "a restart with a wrong digest");
                }
                restarts++;
            }
            if (records == 0) {
                verifyFence(number, offset);
            }
            verifyRecord();
            records++;
        }
        if (records != block.records() || restarts != block.restarts()) {
            report(
                    offset,
                    "a block with " + records + " records and " + restarts + " restarts that claims " + block.records()
                            + " and " + block.restarts());
        }
        if (hashing != null && records > 0) {
            hashing.onBlockEnd();
        }
    }

    private void verifyFence(final int number, final long offset) {
        final BlockIndex index = reader.index();
        if (!index.hasRightDigest(number)) {
            report(offset, "the index has a wrong digest for block " + number);
        }
        if (number > 0
                && (index.compareFence(number, block.key(), 0, block.keyLength(), block.version(), block.stamp()) > 0
                        || index.compareFence(number, last, 0, lastKey.length, lastVersion, lastStamp) <= 0)) {
            report(offset, "the index has a wrong fence for block " + number);
        }
    }

    private void verifyRecord() {
        final DirectBuffer key = block.key();
        final int length = block.keyLength();
        final int order = Keys.compare(last, 0, lastKey.length, key, 0, length);
        final boolean first = tally.records() == 0;
        final boolean behind = order < 0
                || (order == 0 && Keys.compareWithinKey(lastVersion, lastStamp, block.version(), block.stamp()) < 0);
        if (!first && !behind) {
            report(block.entryOffset(), "a record that is not behind the one before");
        }
        final boolean newKey = first || order != 0;
        if (newKey) {
            keyHash = KeyHash.of(key, 0, length);
            if (!reader.mayContain(keyHash)) {
                report(block.entryOffset(), "a key that the filter does not let through");
            }
        }
        if (first) {
            tally.first(key, 0, length, block.version(), block.stamp());
        }
        tally.add(newKey, length, block.valueLength(), block.version(), block.stamp());
        tally.addDigest(RecordDigest.of(
                keyHash, block.version(), block.stamp(), place.view(), block.valueOffset(), block.valueLength()));
        if (hashing != null) {
            hashing.onRecord(
                    key,
                    0,
                    length,
                    block.version(),
                    block.stamp(),
                    place.view(),
                    block.valueOffset(),
                    block.valueLength());
        }
        if (newKey) {
            lastKey = new byte[length];
            key.getBytes(0, lastKey);
            last.wrap(lastKey);
        }
        lastVersion = block.version();
        lastStamp = block.stamp();
    }

    private void verifyPadding(final long from, final Section section) {
        for (long at = from; at < section.offset(); at++) {
            if (reader.file().window(at, 1).getByte(reader.file().within(at, 1)) != 0) {
                report(at, "something where there should be nothing");
            }
        }
    }

    private void verifyProperties() {
        final TableProperties claimed = reader.properties();
        tally.last(last, 0, lastKey.length, lastVersion, lastStamp);
        final TableProperties counted = tally.properties(
                claimed.table(), reader.index().blocks(), claimed.dataBytes(), longestBlock, claimed.origin());
        if (!counted.meta(0, null).equals(claimed.meta(0, null)) || !counted.isSameContent(claimed)) {
            report(reader.footer().properties().offset(), "the properties do not fit what is in the table");
        }
    }

    /** The hash tree is made anew from the records, and must be the one that is stored, with the root that the footer has. */
    private void verifyHashes() {
        if (hashing == null) {
            return;
        }
        final HashRows counted = hashing.finish();
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[counted.length()]);
        counted.encode(rows);
        if (!rows.equals(reader.rows())) {
            report(reader.footer().rows().offset(), "the hash rows do not fit what is in the table");
        }
        if (!Arrays.equals(counted.root(reader.properties()), reader.meta().root())) {
            report(reader.footer().properties().end(), "the root is not that of what is in the table");
        }
    }
}
