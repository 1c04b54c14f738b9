package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.read.Cursors;
import org.avccdb.engine.read.Place;
import org.avccdb.engine.read.ReadView;
import org.avccdb.engine.read.Run;
import org.avccdb.proof.OpenedBlock;
import org.avccdb.proof.OpenedRun;
import org.avccdb.proof.OpenedTable;
import org.avccdb.proof.Proof;
import org.avccdb.proof.ProofCodec;

/**
 * Computes a root from the records of the runs, by the words of the rules alone, with nothing of what hashes in the engine or in
 * the verifier. From a proof of everything it takes only where blocks and tables begin, and which sequence numbers each part
 * of a memtable has.
 */
final class RootOracle {
    private static final int LEAVES = 1;
    private static final int BLOCKS = 2;
    private static final int TABLES = 3;
    private static final int RUNS = 4;
    private static final int PUT = 1;
    private static final int KEY_DELETE = 2;
    private static final int VERSION_DELETE = 3;

    /** A record as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // of tests
    record Stored(int type, byte[] key, long version, long sequence, byte[] value) {}

    /** A run as it is stored; all its tables in one. */
    record StoredRun(boolean isMemtable, List<Stored> records) {}

    private static final Comparator<Stored> ORDER = (a, b) -> {
        int keys = Arrays.compareUnsigned(a.key, b.key);
        if (keys != 0) {
            return keys;
        }
        int versions = Long.compare(b.version, a.version);
        return versions != 0 ? versions : Long.compare(b.sequence, a.sequence);
    };

    private final EngineParts parts;

    RootOracle(EngineParts parts) {
        this.parts = parts;
    }

    /** The runs that a snapshot taken now sees, newest first. */
    List<StoredRun> runs() {
        Place place = parts.views().enter();
        try {
            ReadView view = parts.views().view(place);
            List<StoredRun> runs = new ArrayList<>();
            for (int i = 0; i < view.runs(); i++) {
                boolean isMemtable = view.run(i) instanceof Run.MemtableRun;
                runs.add(new StoredRun(isMemtable, records(view.run(i))));
            }
            return runs;
        } finally {
            parts.views().exit(place);
        }
    }

    private static List<Stored> records(Run run) {
        List<Stored> records = new ArrayList<>();
        RecordCursor cursor = run.cursor();
        while (cursor.next()) {
            records.add(new Stored(
                    (int) (cursor.stamp() & 0xFF),
                    copy(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength()),
                    cursor.version(),
                    cursor.stamp() >>> 8,
                    copy(cursor.valueBuffer(), cursor.valueOffset(), cursor.valueLength())));
        }
        Cursors.detach(cursor);
        return records;
    }

    private static byte[] copy(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /**
     * The root over these runs.
     *
     * @param everything a proof of the whole range
     */
    byte[] root(List<StoredRun> runs, byte[] everything, byte[] databaseId, boolean monotone, long lastSequence) {
        Proof shape = ProofCodec.decode(everything);
        List<OpenedRun> opened = shape.runs();
        List<byte[]> runHashes = new ArrayList<>();
        List<Long> highest = new ArrayList<>();
        int at = 0;
        for (StoredRun run : runs) {
            List<Stored> left = new ArrayList<>(run.records);
            while (!left.isEmpty()) {
                OpenedRun like = opened.get(at++);
                List<Stored> mine = run.isMemtable ? part(left, like) : new ArrayList<>(left);
                left.removeAll(mine);
                assertEquals(run.isMemtable, like.summary().kind() == 1);
                highest.add(highestPut(mine));
                runHashes.add(runHash(mine, like));
            }
        }
        assertEquals(opened.size(), at, "runs");
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < at; i++) {
            long older = 0;
            for (int j = i + 1; j < at; j++) {
                older = Math.max(older, highest.get(j));
            }
            leaves.add(new Text().u8(6).bytes(runHashes.get(i)).u64(older).hash());
        }
        return new Text()
                .u8(7)
                .u8(1)
                .bytes(databaseId)
                .u32(0)
                .u8(monotone ? 1 : 0)
                .u64(lastSequence)
                .u32(at)
                .bytes(tree(RUNS, leaves))
                .hash();
    }

    /** A part of a memtable: the newest of what is left, all of one interval. */
    private static List<Stored> part(List<Stored> left, OpenedRun like) {
        assertEquals(1, like.tables().size());
        long from = like.tables().get(0).summary().minSequence();
        long newest = left.stream().mapToLong(Stored::sequence).max().orElseThrow();
        assertEquals(newest, like.tables().get(0).summary().maxSequence());
        List<Stored> part = new ArrayList<>(
                left.stream().filter(record -> record.sequence >= from).toList());
        part.sort(ORDER);
        return part;
    }

    private static long highestPut(List<Stored> records) {
        return records.stream()
                .filter(record -> record.type == PUT)
                .mapToLong(Stored::version)
                .max()
                .orElse(0);
    }

    private static byte[] runHash(List<Stored> records, OpenedRun like) {
        List<byte[]> tables = new ArrayList<>();
        int at = 0;
        for (OpenedTable table : like.tables()) {
            int from = at;
            List<byte[]> blocks = new ArrayList<>();
            for (OpenedBlock block : table.blocks()) {
                assertTrue(block.records() <= 64, "a proof has a small block to rebuild");
                List<Stored> inside = records.subList(at, at + block.records());
                blocks.add(new Text()
                        .u8(3)
                        .u32(inside.size())
                        .bytes(tree(
                                LEAVES, inside.stream().map(RootOracle::leaf).toList()))
                        .hash());
                at += block.records();
            }
            tables.add(table(records.subList(from, at), blocks));
            assertTrue(
                    at == records.size() || !Arrays.equals(records.get(at - 1).key, records.get(at).key),
                    "tables are cut between keys");
        }
        assertEquals(records.size(), at, "records of a run");
        return new Text()
                .u8(5)
                .u8(like.summary().kind())
                .u8(like.summary().level())
                .u32(tables.size())
                .u64(highestPut(records))
                .bytes(tree(TABLES, tables))
                .hash();
    }

    private static byte[] table(List<Stored> records, List<byte[]> blocks) {
        return new Text()
                .u8(4)
                .u8(1)
                .u64(records.size())
                .u32(blocks.size())
                .place(records.get(0))
                .place(records.get(records.size() - 1))
                .u64(records.stream().mapToLong(Stored::sequence).min().orElseThrow())
                .u64(records.stream().mapToLong(Stored::sequence).max().orElseThrow())
                .u64(highestPut(records))
                .u64(records.stream().filter(r -> r.type == KEY_DELETE).count())
                .u64(records.stream().filter(r -> r.type == VERSION_DELETE).count())
                .bytes(tree(BLOCKS, blocks))
                .hash();
    }

    private static byte[] leaf(Stored record) {
        byte[] value = record.value.length <= 32
                ? record.value
                : new Text().u8(2).bytes(record.value).hash();
        return new Text()
                .u8(0)
                .u8(record.type)
                .u32(0)
                .u32(record.key.length)
                .bytes(record.key)
                .u64(record.version)
                .u64(record.sequence)
                .u32(record.value.length)
                .bytes(value)
                .hash();
    }

    private static byte[] tree(int kind, List<byte[]> leaves) {
        if (leaves.size() < 2) {
            return leaves.isEmpty() ? new Text().u8(0x0A).u8(kind).hash() : leaves.get(0);
        }
        int split = 1;
        while (2 * split < leaves.size()) {
            split *= 2;
        }
        return new Text()
                .u8(1)
                .u8(kind)
                .bytes(tree(kind, leaves.subList(0, split)))
                .bytes(tree(kind, leaves.subList(split, leaves.size())))
                .hash();
    }

    /** That a snapshot of now has the root that its records ask for. */
    void check(AvccDb db, boolean monotone, String where) {
        List<StoredRun> runs = runs();
        try (Snapshot snapshot = db.snapshot()) {
            byte[] root = snapshot.masterRoot().bytes();
            byte[] everything = snapshot.proveRange(KeyRange.all(), Integer.MAX_VALUE);
            byte[] id = parts.versions().identity().databaseId();
            assertArrayEquals(root(runs, everything, id, monotone, snapshot.sequence()), root, where);
        }
    }

    /** What is hashed. */
    private static final class Text {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        private interface Writing {
            void run() throws IOException;
        }

        private Text write(Writing writing) {
            try {
                writing.run();
                return this;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        Text u8(int number) {
            return write(() -> out.writeByte(number));
        }

        Text u32(int number) {
            return write(() -> out.writeInt(number));
        }

        Text u64(long number) {
            return write(() -> out.writeLong(number));
        }

        Text bytes(byte[] more) {
            return write(() -> out.write(more));
        }

        Text place(Stored record) {
            return u32(record.key.length).bytes(record.key).u64(record.version).u64(record.sequence);
        }

        byte[] hash() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
