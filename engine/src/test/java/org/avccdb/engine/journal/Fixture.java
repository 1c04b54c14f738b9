package org.avccdb.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.Storage;

/** A journal that is written by a test, and everything the test knows of it. */
final class Fixture {
    static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    static final int SEGMENT_BYTES = 4096;

    final Storage storage;
    final Random random;
    final AtomicLong numbers = new AtomicLong();
    final List<Group> groups = new ArrayList<>();
    /** Of each group. */
    final List<Long> segmentOf = new ArrayList<>();

    final Map<Long, SegmentEnd> ended = new HashMap<>();
    Journal journal;
    int synced;
    int maxEntries = 3;
    int maxValue = 60;

    Fixture(final Storage storage, final Random random) {
        this.storage = storage;
        this.random = random;
    }

    Fixture start(final SegmentEnd previous) {
        journal = new Journal(storage, ID, SEGMENT_BYTES, 2, numbers::incrementAndGet, previous);
        return this;
    }

    long nextSequence() {
        return groups.isEmpty() ? 1 : groups.get(groups.size() - 1).lastSequence() + 1;
    }

    void append() {
        append(Group.random(random, nextSequence(), maxEntries, maxValue));
    }

    void append(final Group group) {
        append(group, false);
    }

    private void append(final Group group, final boolean syncFollows) {
        if (journal.room() < group.payload().length) {
            rotate(group.payload().length);
        }
        write(group, syncFollows);
        groups.add(group);
        segmentOf.add(journal.activeNumber());
    }

    /** In parts, from buffers of all kinds. */
    void write(final Group group, final boolean syncFollows) {
        journal.begin(group.firstSequence(), syncFollows);
        final byte[] payload = group.payload();
        int at = 0;
        while (at < payload.length) {
            final int part = 1 + random.nextInt(payload.length - at);
            final int before = random.nextInt(9);
            final UnsafeBuffer source = random.nextBoolean()
                    ? new UnsafeBuffer(ByteBuffer.allocateDirect(before + part), before, part)
                    : new UnsafeBuffer(new byte[before + part], before, part);
            source.putBytes(0, payload, at, part);
            journal.add(source, 0, part);
            at += part;
        }
        journal.end(group.entryCount());
    }

    void rotate(final int payloadBytes) {
        journal.prepareNext(payloadBytes);
        if (!journal.rotate(nextSequence(), payloadBytes)) {
            throw new IllegalStateException("no segment");
        }
    }

    void sync() {
        journal.sync();
        synced = groups.size();
    }

    /** Appends, syncs and rotates at random. */
    void run(final int steps) {
        for (int i = 0; i < steps; i++) {
            final int step = random.nextInt(20);
            if (step == 0) {
                rotate(0);
            } else if (step <= 3) {
                sync();
            } else if (step <= 6) {
                append(Group.random(random, nextSequence(), maxEntries, maxValue), true);
                sync();
            } else {
                append();
            }
        }
    }

    static ReplayResult replay(
            final Storage storage,
            final long oldest,
            final long after,
            final Map<Long, SegmentEnd> ended,
            final List<Group> found) {
        return new JournalReplay(storage, ID, oldest, after, ended)
                .run((first, payload, offset, length, count) ->
                        found.add(Group.read(first, payload, offset, length, count)));
    }

    static ReplayResult replay(final Storage storage, final List<Group> found) {
        return replay(storage, 0, 0, Map.of(), found);
    }
}
