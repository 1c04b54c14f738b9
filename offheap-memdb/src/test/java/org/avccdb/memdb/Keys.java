package org.avccdb.memdb;

import java.util.Random;

/** Families of keys, each hard on an ordered map in its own way. */
enum Keys {
    /** Few keys, so that most writes meet one that is there; the empty key among them. */
    TIES {
        @Override
        Bytes key(Random random, int i) {
            return word(random, random.nextInt(4), "ab");
        }
    },
    /** Alike in more bytes than a digest without a prefix sees. */
    SHARED_6 {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.repeated('p', 6).plus(word(random, random.nextInt(7), "abc\0\377"));
        }
    },
    /** Alike in more than a word. */
    SHARED_12 {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.repeated('p', 12).plus(word(random, 3 + random.nextInt(6), "\0\1\177\200\377"));
        }
    },
    /** Alike in more bytes than a digest skips. */
    SHARED_80 {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.repeated('p', 80).plus(word(random, random.nextInt(6), "ab\377"));
        }
    },
    ASCENDING {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.bigEndian(0x00FF_FF00L + i);
        }
    },
    DESCENDING {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.bigEndian(0x7FFF_FFFF_FFFF_0100L - i);
        }
    },
    RANDOM_16 {
        @Override
        Bytes key(Random random, int i) {
            byte[] content = new byte[16];
            random.nextBytes(content);
            return new Bytes(content);
        }
    },
    /** The first four bytes never decide. */
    BEHIND_BYTE_4 {
        @Override
        Bytes key(Random random, int i) {
            return Bytes.repeated(0xFF, 4).plus(word(random, random.nextInt(5), "\0\1\377"));
        }
    },
    /** Prefixes of each other, shorter and longer by the lowest and the highest byte. */
    TAILS {
        @Override
        Bytes key(Random random, int i) {
            return word(random, random.nextInt(3), "a\0\377")
                    .plus(Bytes.repeated(random.nextBoolean() ? 0 : 0xFF, random.nextInt(10)));
        }
    },
    /** As long as a key may be, with a few short ones between. */
    LONGEST {
        @Override
        Bytes key(Random random, int i) {
            int length = RecordDescriptor.MAX_KEY_LENGTH - random.nextInt(2) * random.nextInt(4);
            Bytes head = word(random, random.nextInt(3), "ab");
            Bytes tail = word(random, random.nextInt(3), "ab");
            return random.nextInt(10) == 0
                    ? head
                    : head.plus(Bytes.repeated('l', length - head.length() - tail.length()))
                            .plus(tail);
        }
    };

    /** The i-th key asked for. */
    abstract Bytes key(Random random, int i);

    private static Bytes word(Random random, int length, String alphabet) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return new Bytes(content);
    }

    /** A key close to another one: mostly absent, and as near to its border as can be. */
    static Bytes near(Random random, Bytes key) {
        return switch (random.nextInt(5)) {
            case 0 -> key.length() < RecordDescriptor.MAX_KEY_LENGTH ? key.plus(Bytes.repeated(0, 1)) : key;
            case 1 -> key.length() < RecordDescriptor.MAX_KEY_LENGTH ? key.plus(Bytes.repeated(0xFF, 1)) : key;
            case 2 -> key.first(random.nextInt(key.length() + 1));
            case 3 -> changed(random, key, 1);
            default -> changed(random, key, -1);
        };
    }

    private static Bytes changed(Random random, Bytes key, int by) {
        byte[] content = key.array();
        if (content.length > 0) {
            content[random.nextInt(content.length)] += (byte) by;
        }
        return new Bytes(content);
    }

    /** A value that shows where it begins and ends. */
    static Bytes value(Random random) {
        int length = switch (random.nextInt(12)) {
            case 0, 1 -> 0;
            case 2 -> 150 + random.nextInt(300);
            case 3 -> random.nextInt(40) == 0 ? random.nextInt(6000) : 1;
            default -> 1 + random.nextInt(24);
        };
        if (length < 3) {
            return Bytes.repeated(random.nextInt(256), length);
        }
        return Bytes.repeated(random.nextInt(256), 1)
                .plus(Bytes.repeated('0' + random.nextInt(10), length - 2))
                .plus(Bytes.repeated(random.nextInt(256), 1));
    }
}
