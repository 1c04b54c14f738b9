package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each rule against its pre-image, written out straightforwardly, and against digests computed elsewhere. */
class HashRulesTest {
    private final HashRules rules = new HashRules();
    private final Random random = new Random(1);

    @FunctionalInterface
    private interface Preimage {
        void write(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Rule {
        void apply(byte[] out, int offset);
    }

    private static void assertRule(Preimage preimage, Rule rule) {
        byte[] expected = hash(preimage);
        byte[] out = new byte[45];
        rule.apply(out, 7);
        assertArrayEquals(expected, Arrays.copyOfRange(out, 7, 39));
        assertArrayEquals(new byte[7], Arrays.copyOf(out, 7));
        assertArrayEquals(new byte[6], Arrays.copyOfRange(out, 39, 45));
    }

    private static byte[] hash(Preimage preimage) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            preimage.write(new DataOutputStream(bytes));
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void value() {
        for (int length : new int[] {33, 100, 1023, 1024, 1025, 100_000}) {
            byte[] value = bytes(length + 5);
            assertRule(
                    out -> {
                        out.writeByte(2);
                        out.write(value, 3, length);
                    },
                    (out, offset) -> rules.value(value, 3, length, out, offset));
        }
        assertThrows(IllegalArgumentException.class, () -> rules.value(new byte[32], 0, 32, new byte[32], 0));
    }

    @Test
    void leaf() {
        for (int keyLength : new int[] {0, 1, 16, 255, 70, 65_535}) {
            for (int valueLength : new int[] {0, 1, 31, 32, 33, 100, 1024, 5000}) {
                byte[] key = bytes(keyLength + 3);
                byte[] value = bytes(valueLength + 4);
                byte[] digest = hash(out -> {
                    out.writeByte(2);
                    out.write(value, 4, valueLength);
                });
                Preimage preimage = out -> {
                    out.writeByte(0);
                    out.writeByte(3);
                    out.writeInt(0x1234_5678);
                    out.writeInt(keyLength);
                    out.write(key, 3, keyLength);
                    out.writeLong(0x0102_0304_0506_0708L);
                    out.writeLong(0x1112_1314_1516_1718L);
                    out.writeInt(valueLength);
                    if (valueLength <= 32) {
                        out.write(value, 4, valueLength);
                    } else {
                        out.write(digest);
                    }
                };
                long version = 0x0102_0304_0506_0708L;
                long sequence = 0x1112_1314_1516_1718L;
                assertRule(
                        preimage,
                        (out, offset) -> rules.leaf(
                                3,
                                0x1234_5678,
                                key,
                                3,
                                keyLength,
                                version,
                                sequence,
                                value,
                                4,
                                valueLength,
                                out,
                                offset));
                if (valueLength > 32) {
                    assertRule(
                            preimage,
                            (out, offset) -> rules.leafOfDigest(
                                    3,
                                    0x1234_5678,
                                    key,
                                    3,
                                    keyLength,
                                    version,
                                    sequence,
                                    valueLength,
                                    digest,
                                    0,
                                    out,
                                    offset));
                }
            }
        }
    }

    @Test
    void node() {
        byte[] both = bytes(80);
        assertRule(
                out -> {
                    out.writeByte(1);
                    out.writeByte(4);
                    out.write(both, 40, 32);
                    out.write(both, 3, 32);
                },
                (out, offset) -> rules.node(4, both, 40, both, 3, out, offset));
        byte[] inPlace = both.clone();
        rules.node(4, inPlace, 0, inPlace, 32, inPlace, 0);
        assertArrayEquals(
                hash(out -> {
                    out.writeByte(1);
                    out.writeByte(4);
                    out.write(both, 0, 64);
                }),
                Arrays.copyOf(inPlace, 32));
    }

    @Test
    void block() {
        byte[] root = bytes(40);
        assertRule(
                out -> {
                    out.writeByte(3);
                    out.writeInt(0x0A0B_0C0D);
                    out.write(root, 5, 32);
                },
                (out, offset) -> rules.block(0x0A0B_0C0D, root, 5, out, offset));
    }

    @Test
    void table() {
        byte[] root = bytes(40);
        for (int keyLength : new int[] {0, 16, 65_535}) {
            byte[] first = bytes(keyLength);
            byte[] last = bytes(keyLength / 2);
            TableSummary summary = new TableSummary(
                    1, 2L << 33, 3, first, 4L << 33, 5L << 33, last, 6L << 33, 7L << 33, 8L << 33, 9L << 33, 10L << 33,
                    11L << 33, 12L << 33);
            assertRule(
                    out -> {
                        out.writeByte(4);
                        out.writeByte(1);
                        out.writeLong(2L << 33);
                        out.writeInt(3);
                        out.writeInt(first.length);
                        out.write(first);
                        out.writeLong(4L << 33);
                        out.writeLong(5L << 33);
                        out.writeInt(last.length);
                        out.write(last);
                        out.writeLong(6L << 33);
                        out.writeLong(7L << 33);
                        out.writeLong(8L << 33);
                        out.writeLong(9L << 33);
                        out.writeLong(10L << 33);
                        out.writeLong(11L << 33);
                        out.writeLong(12L << 33);
                        out.write(root, 5, 32);
                    },
                    (out, offset) -> rules.table(summary, root, 5, out, offset));
        }
    }

    @Test
    void run() {
        byte[] root = bytes(40);
        assertRule(
                out -> {
                    out.writeByte(5);
                    out.writeByte(3);
                    out.writeByte(200);
                    out.writeInt(70_000);
                    out.writeLong(1L << 40);
                    out.write(root, 5, 32);
                },
                (out, offset) -> rules.run(new RunSummary(3, 200, 70_000, 1L << 40), root, 5, out, offset));
        assertRule(
                out -> {
                    out.writeByte(6);
                    out.write(root, 5, 32);
                    out.writeLong(1L << 41);
                },
                (out, offset) -> rules.runLeaf(root, 5, 1L << 41, out, offset));
    }

    @Test
    void master() {
        byte[] root = bytes(40);
        byte[] id = bytes(16);
        assertRule(
                out -> {
                    out.writeByte(7);
                    out.writeByte(1);
                    out.write(id);
                    out.writeInt(9);
                    out.writeByte(1);
                    out.writeLong(1L << 50);
                    out.writeInt(12);
                    out.write(root, 5, 32);
                },
                (out, offset) -> rules.master(new MasterHeader(id, 9, 1, 1L << 50, 12), root, 5, out, offset));
    }

    @Test
    void empty() {
        assertRule(
                out -> {
                    out.writeByte(10);
                    out.writeByte(2);
                },
                (out, offset) -> rules.empty(2, out, offset));
    }

    /** Computed with another program: {@code printf '\x0a\x04' | sha256sum} and the like. */
    @Test
    void digestsFromElsewhere() {
        byte[] out = new byte[32];
        rules.empty(HashRules.RUNS_TREE, out, 0);
        assertEquals(EMPTY_RUNS, HexFormat.of().formatHex(out));
        rules.leaf(1, 0, new byte[] {'k'}, 0, 1, 7, 9, new byte[] {'v'}, 0, 1, out, 0);
        assertEquals(LEAF_K_V, HexFormat.of().formatHex(out));
    }

    private static final String EMPTY_RUNS = "ab34c342b3b99152861b162b7b57d36e1974ec4ab36598e678927d002a68fc27";
    private static final String LEAF_K_V = "02c58d372620133f6e63a282c010f476bbd872157fab02a4382743c006dbaaaf";

    @Test
    void noRoomForTheHash() {
        assertThrows(IllegalArgumentException.class, () -> rules.empty(1, new byte[40], 9));
    }
}
