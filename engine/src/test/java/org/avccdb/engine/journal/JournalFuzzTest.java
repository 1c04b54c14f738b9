package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.junit.jupiter.api.Test;

/** Bytes that nobody wrote give corruption or an end, and never anything else. */
class JournalFuzzTest {
    private static final String NAME = FileNames.journal(1);

    /** Whether it was taken for a journal that ends somewhere. */
    private static boolean isTaken(final String what, final MemoryStorage storage, final List<Group> found) {
        try {
            Fixture.replay(storage, found);
            return true;
        } catch (CorruptionException e) {
            assertTrue(e.file().endsWith(".journal"), what);
            return false;
        } finally {
            assertTrue(storage.openFiles().isEmpty(), what);
        }
    }

    private static byte[] started(final Random random, final int length) {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, random).start(null);
        fixture.rotate(0);
        final byte[] content = new byte[length];
        random.nextBytes(content);
        System.arraycopy(storage.content(NAME), 0, content, 0, Math.min(length, SegmentDescriptor.HEADER_LENGTH));
        return content;
    }

    @Test
    void randomBytesAreNoJournal() {
        for (int seed = 0; seed < 3000; seed++) {
            final Random random = new Random(seed);
            final byte[] content = started(random, random.nextInt(3000));
            if (random.nextBoolean()) {
                random.nextBytes(content);
            }
            final MemoryStorage storage = new MemoryStorage();
            storage.put(NAME, content);
            final List<Group> found = new ArrayList<>();
            assertTrue(isTaken("seed " + seed, storage, found), "seed " + seed);
            assertEquals(List.of(), found, "seed " + seed);
        }
    }

    /** Whole records, sealed as they must be, whose fields and payloads are anything. */
    @Test
    void sealedNonsenseIsCorruption() {
        int taken = 0;
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            final Random random = new Random(seed);
            final byte[] content = started(random, 2048);
            final UnsafeBuffer file = new UnsafeBuffer(content);
            final Checksum checksum = new Checksum();
            int at = SegmentDescriptor.HEADER_LENGTH;
            while (at < 1500) {
                final Group group = Group.random(random, 1, 2, 20);
                final byte[] payload = group.payload();
                if (random.nextInt(8) == 0) {
                    payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                }
                file.putBytes(at + GroupDescriptor.HEADER_LENGTH, payload);
                final int crc = checksum.of(file, at + GroupDescriptor.HEADER_LENGTH, payload.length);
                final UnsafeBuffer head = GroupDescriptor.sealedHead(1, Fixture.ID);
                head.putByte(13, (byte) (random.nextInt(20) == 0 ? 1 : 0));
                GroupDescriptor.encode(
                        head,
                        at,
                        random.nextInt(10) == 0 ? random.nextInt(256) : 1,
                        crc,
                        random.nextInt(10) == 0 ? random.nextInt() : payload.length,
                        random.nextInt(10) == 0 ? random.nextInt() : group.entryCount(),
                        random.nextInt(10) == 0 ? random.nextInt() : 0,
                        random.nextInt(10) == 0 ? random.nextLong() : 1,
                        checksum);
                file.putBytes(at, head, 0, GroupDescriptor.HEADER_LENGTH);
                at = GroupDescriptor.next(at, payload.length);
            }
            final MemoryStorage storage = new MemoryStorage();
            storage.put(NAME, content);
            if (isTaken("seed " + seed, storage, new ArrayList<>())) {
                taken++;
            } else {
                refused++;
            }
        }
        assertTrue(taken > 100, "taken " + taken);
        assertTrue(refused > 1000, "refused " + refused);
    }

    /** A file full of what looks most like heads costs no more time than any other. */
    @Test
    void aSearchAmongLookalikesEnds() {
        final byte[] content = started(new Random(1), 8 << 20);
        final UnsafeBuffer file = new UnsafeBuffer(content);
        for (int at = SegmentDescriptor.HEADER_LENGTH; at < content.length; at += 8) {
            file.putLong(at, 1);
        }
        final MemoryStorage storage = new MemoryStorage();
        storage.put(NAME, content);
        assertTrue(isTaken("lookalikes", storage, new ArrayList<>()));
    }
}
