package org.avccdb.engine.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/** Records that are hard on a table: keys of all lengths with much or little in common, many versions, all types. */
final class RandomRecords {
    private final Random random;
    private final int style;
    private final int longestValue;
    private final long sequences;

    RandomRecords(Random random, int longestValue) {
        this.random = random;
        this.style = random.nextInt(6);
        this.longestValue = longestValue;
        this.sequences = random.nextBoolean() ? 1000 : RecordDescriptor.MAX_SEQUENCE;
    }

    /** So many records at most, in order. */
    List<TestRecord> list(int count) {
        TreeSet<TestRecord> records = new TreeSet<>(TestRecord.ORDER);
        byte[] key = key();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                key = key();
            }
            records.add(record(key));
        }
        return new ArrayList<>(records);
    }

    private TestRecord record(byte[] key) {
        long sequence = nextLong(sequences + 1);
        return switch (random.nextInt(8)) {
            case 0 -> TestRecord.keyDelete(key, sequence);
            case 1 -> TestRecord.versionDelete(key, version(), sequence);
            default -> TestRecord.put(key, version(), sequence, value());
        };
    }

    long version() {
        return switch (random.nextInt(4)) {
                    case 0 -> Versions.PLAIN;
                    case 1 -> random.nextInt(10);
                    case 2 -> random.nextLong() >>> (1 + random.nextInt(63));
                    default -> Versions.MAX - random.nextInt(3);
                }
                % Versions.KEY_DELETE;
    }

    private long nextLong(long bound) {
        return (random.nextLong() >>> 1) % bound;
    }

    byte[] key() {
        return switch (style) {
            case 0 -> bytes(random.nextInt(4), 2);
            case 1 -> prefixed(20, bytes(random.nextInt(12), 3));
            case 2 -> bytes(random.nextInt(40), 256);
            case 3 -> prefixed(random.nextInt(3) * 7, bytes(8, 256));
            case 4 -> bytes(random.nextInt(20) == 0 ? 0xFFFF - random.nextInt(2) : random.nextInt(300), 2);
            default -> number(random.nextInt(2000));
        };
    }

    private byte[] prefixed(int length, byte[] rest) {
        byte[] key = new byte[length + rest.length];
        Arrays.fill(key, 0, length, (byte) 0xAB);
        System.arraycopy(rest, 0, key, length, rest.length);
        return key;
    }

    private static byte[] number(int number) {
        return new byte[] {'k', 'e', 'y', 0, 0, (byte) (number >>> 8), (byte) number};
    }

    private byte[] bytes(int length, int alphabet) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (alphabet == 256 ? random.nextInt(256) : 'a' + random.nextInt(alphabet));
        }
        return bytes;
    }

    private byte[] value() {
        int length = random.nextInt(20) == 0 ? random.nextInt(longestValue + 1) : random.nextInt(40);
        byte[] value = new byte[length];
        if (random.nextBoolean()) {
            random.nextBytes(value);
        } else {
            Arrays.fill(value, (byte) random.nextInt());
        }
        return value;
    }
}
