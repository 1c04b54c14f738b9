package org.avccdb.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import org.avccdb.AvccDb;
import org.avccdb.Reader;
import org.avccdb.Snapshot;
import org.avccdb.WriteOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BytesAdapterTest {
    private static final int CHUNK = 1 << 16;

    @TempDir
    private Path folder;

    private AvccDb db;
    private BytesWriter writer;
    private BytesReader reader;

    /** Where the bytes may be. */
    enum Kind {
        NATIVE,
        HEAP,
        DIRECT_BUFFER,
        HEAP_BUFFER,
        MAPPED;

        Bytes<?> make(Path folder) {
            return switch (this) {
                case NATIVE -> Bytes.allocateElasticDirect();
                case HEAP -> Bytes.allocateElasticOnHeap();
                case DIRECT_BUFFER -> Bytes.elasticByteBuffer();
                case HEAP_BUFFER -> Bytes.wrapForWrite(ByteBuffer.allocate(8 * CHUNK));
                case MAPPED -> mapped(folder);
            };
        }

        private static Bytes<?> mapped(Path folder) {
            try {
                File file = File.createTempFile("mapped", "", folder.toFile());
                return MappedBytes.mappedBytes(file, CHUNK);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void open() {
        db = AvccDb.open(folder.resolve("database"));
        writer = new BytesWriter(db);
        reader = new BytesReader(db);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] written(Bytes<?> bytes, long from) {
        byte[] array = new byte[(int) (bytes.writePosition() - from)];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.readByte(from + i);
        }
        return array;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenComesBack(Kind kind) {
        Bytes<?> key = kind.make(folder);
        Bytes<?> value = kind.make(folder);
        Bytes<?> to = kind.make(folder);
        to.writeByte((byte) 9);
        for (int length : new int[] {0, 1, 100, 5_000, CHUNK - 1, 3 * CHUNK}) {
            key.clear();
            value.clear();
            byte[] keyBytes = random(length, 20);
            byte[] valueBytes = random(length + 1, length);
            // What was read before does not count.
            key.writeInt(7).write(keyBytes).readSkip(Integer.BYTES);
            value.writeLong(7).write(valueBytes).readSkip(Long.BYTES);

            writer.put(key, value, 0, WriteOptions.DEFAULT);
            assertArrayEquals(valueBytes, db.get(keyBytes));
            assertEquals(Integer.BYTES, key.readPosition());
            assertEquals(Long.BYTES, value.readPosition());

            long before = to.writePosition();
            assertEquals(length, reader.get(key, to));
            assertArrayEquals(valueBytes, written(to, before));
            assertEquals(9, to.readByte(0));
        }
        key.releaseLast();
        value.releaseLast();
        to.releaseLast();
    }

    @ParameterizedTest
    @EnumSource
    void versionsSubmittedWithTheSameBytes(Kind kind) {
        Bytes<?> key = kind.make(folder);
        Bytes<?> value = kind.make(folder);
        key.write(random(1, 10));
        long ticket = 0;
        for (int version = 1; version <= 100; version++) {
            value.clear();
            value.writeInt(version * 3);
            ticket = writer.submitPut(key, value, version, WriteOptions.DEFAULT);
        }
        db.await(ticket);
        for (int version = 1; version <= 100; version++) {
            value.clear();
            assertEquals(Integer.BYTES, reader.getAsOf(key, version, value));
            assertEquals(version * 3, value.readInt());
        }
        try (Snapshot before = db.snapshot()) {
            writer.delete(key, WriteOptions.DEFAULT);
            value.clear();
            assertEquals(Reader.NOT_FOUND, reader.get(key, value));
            assertEquals(0, value.writePosition());
            assertEquals(Integer.BYTES, new BytesReader(before).get(key, value));
            assertEquals(300, value.readInt());
        }
        key.releaseLast();
        value.releaseLast();
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesTheRestAlone() {
        byte[] key = random(1, 10);
        db.put(key, random(2, 100));
        Bytes<?> narrow = Bytes.allocateDirect(99);
        Bytes<byte[]> wrapped = Bytes.wrapForWrite(new byte[99]);
        for (Bytes<?> to : java.util.List.of(narrow, wrapped)) {
            assertThrows(BufferOverflowException.class, () -> reader.get(Bytes.wrapForRead(key), to));
            assertEquals(0, to.writePosition());
        }
        narrow.releaseLast();
    }
}
