package org.avccdb.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in the file: it is a recording, or the exception says what is wrong. */
class RecordingTest {
    @TempDir
    private Path folder;

    private Path file;
    private byte[] good;

    @BeforeEach
    void record() throws IOException {
        file = folder.resolve("recording");
        try (Recorder recorder = new Recorder(file, 10, 3, Clock.SYSTEM)) {
            Session session = recorder.opened(new ListStore(10, 3)).session();
            recorder.begins("mixed");
            session.put(1);
            session.get();
            session.addToBatch();
            session.addToBatch();
            session.writeBatch();
            session.scan(5);
            recorder.begins("mixed");
            session.getAsOf(9);
            session.scanAll();
        }
        good = Files.readAllBytes(file);
    }

    private String problem(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return assertThrows(TraceException.class, () -> new Recording(file)).getMessage();
    }

    /** Makes all of the header fit what is behind it, but for the counts. */
    private static byte[] fitted(byte[] bytes) {
        byte[] fitted = bytes.clone();
        ByteBuffer buffer = ByteBuffer.wrap(fitted).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C body = new CRC32C();
        body.update(fitted, TraceDescriptor.HEADER_LENGTH, fitted.length - TraceDescriptor.HEADER_LENGTH);
        buffer.putLong(24, fitted.length);
        buffer.putInt(56, (int) body.getValue());
        buffer.putInt(12, 0);
        CRC32C header = new CRC32C();
        header.update(fitted, 0, TraceDescriptor.HEADER_LENGTH);
        buffer.putInt(12, (int) header.getValue());
        return fitted;
    }

    @Test
    void theHeaderIsLaidOutAsDocumented() {
        ByteBuffer buffer = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("6176636354524143", HexFormat.of().formatHex(good, 0, 8));
        assertEquals(1, buffer.getInt(8));
        assertEquals(10, buffer.getInt(16));
        assertEquals(3, buffer.getInt(20));
        assertEquals(good.length, buffer.getLong(24));
        assertEquals(6, buffer.getLong(32));
        assertEquals(3, buffer.getLong(40));
        assertEquals(2, buffer.getLong(48));
        assertEquals(2 * (24 + 64) + 6 * 24 + 6 * 16 + 3 * 8, good.length - 64);
        assertArrayEquals(good, fitted(good));
    }

    @Test
    void namesThatComeAgainAreTold() {
        assertEquals(
                "[mixed, mixed-2]",
                new Recording(file).phases().stream().map(Phase::name).toList().toString());
    }

    @Test
    void cutOffAnywhere() throws IOException {
        for (int length = 0; length < good.length; length++) {
            problem(Arrays.copyOf(good, length));
        }
        problem(Arrays.copyOf(good, good.length + 1));
        problem(Arrays.copyOf(good, good.length + 8));
    }

    @Test
    void cutOffWithAHeaderThatFits() throws IOException {
        for (int length = TraceDescriptor.HEADER_LENGTH; length < good.length; length++) {
            problem(fitted(Arrays.copyOf(good, length)));
        }
    }

    @Test
    void everyByteIsChecked() throws IOException {
        for (int i = 0; i < good.length; i++) {
            byte[] bytes = good.clone();
            bytes[i] ^= 0x10;
            problem(bytes);
        }
    }

    @Test
    void whatIsOutOfRangeIsToldThoughChecksumsFit() throws IOException {
        int first = TraceDescriptor.HEADER_LENGTH + 24 + 64;
        assertEquals("there is no operation 8", problem(fitted(with(good, first, 8))));
        assertEquals("there is no operation 4294967298", problem(fitted(with(good, first, 2 + (1L << 32)))));
        assertTrue(problem(fitted(with(good, first + 8, -1))).contains("out of range"));
        assertTrue(problem(fitted(with(good, first + 16, -1))).contains("out of range"));
        assertEquals("the name of a phase is none", problem(fitted(with(good, 64 + 24, 0x2F2E2E))));
        int batch = first + 24 + 16 + 8 + 24 + 16;
        assertEquals("it ends within an operation", problem(fitted(with(good, batch + 16, Integer.MAX_VALUE))));
        assertEquals("the counts of its header do not fit", problem(fitted(with(good, 32, 7))));
        assertEquals("it does not begin with a phase", problem(fitted(with(good, 64 + 16, 0))));
        assertEquals("its header has a length out of range", problem(fitted(with(good, 16, 7))));
        assertTrue(problem(fitted(with(good, 8, 2))).contains("format 2"));
    }

    private static byte[] with(byte[] bytes, int at, long word) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(at, word);
        return changed;
    }

    @Test
    void garbageIsNoRecording() throws IOException {
        Random random = new Random(5);
        for (int length = 0; length < 3_000; length = length * 3 / 2 + 1) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            problem(bytes);
            if (length > TraceDescriptor.HEADER_LENGTH) {
                System.arraycopy(good, 0, bytes, 0, TraceDescriptor.HEADER_LENGTH);
                problem(bytes);
                problem(fitted(bytes));
            }
        }
    }

    @Test
    void anUnfinishedOneIsToldAsSuch() throws IOException {
        Path other = folder.resolve("other");
        try (Recorder recorder = new Recorder(other, 10, 3, Clock.SYSTEM)) {
            Session session = recorder.opened(new ListStore(10, 3)).session();
            recorder.begins("put");
            session.put(0);
            assertEquals(
                    "the recording was not finished",
                    assertThrows(TraceException.class, () -> new Recording(other))
                            .getMessage());
        }
        assertEquals(1, new Recording(other).operations());
    }
}
