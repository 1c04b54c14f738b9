package org.avccdb.proof;

import java.util.Arrays;
import java.util.Comparator;

/** A record of the reference database. */
final class Rec {
    static final Comparator<Rec> ORDER = (a, b) -> {
        int keys = Arrays.compareUnsigned(a.key, b.key);
        if (keys != 0) {
            return keys;
        }
        int versions = Long.compare(b.version, a.version);
        return versions != 0 ? versions : Long.compare(b.sequence, a.sequence);
    };

    final int type;
    final byte[] key;
    final long version;
    final long sequence;
    final byte[] value;

    Rec(int type, byte[] key, long version, long sequence, byte[] value) {
        this.type = type;
        this.key = key;
        this.version = version;
        this.sequence = sequence;
        this.value = value;
    }

    static Rec put(String key, long version, long sequence, String value) {
        return new Rec(1, bytes(key), version, sequence, bytes(value));
    }

    static Rec keyDelete(String key, long sequence) {
        return new Rec(2, bytes(key), Long.MAX_VALUE, sequence, new byte[0]);
    }

    static Rec versionDelete(String key, long version, long sequence) {
        return new Rec(3, bytes(key), version, sequence, new byte[0]);
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    boolean isPut() {
        return type == 1;
    }

    /** As a proof shows it. */
    OpenedLeaf open(boolean withLongValue) {
        byte[] shown = value.length <= 32 || withLongValue ? value : NaiveTree.sha256(new byte[] {2}, value);
        return new OpenedLeaf(type, key, version, sequence, value.length, shown);
    }

    @Override
    public String toString() {
        return type + ":" + Arrays.toString(key) + "@" + version + "#" + sequence + "=" + value.length;
    }
}
