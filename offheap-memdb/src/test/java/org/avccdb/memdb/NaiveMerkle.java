package org.avccdb.memdb;

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
import org.avccdb.proof.MasterRoot;

/** All writes of a map as a plain list, and its root straight from the hash rules, using nothing of the code under test. */
final class NaiveMerkle {
    private static final int BLOCK_RECORDS = 32;

    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Written(byte[] key, long version, long sequence, byte[] value) {}

    private final byte[] databaseId;
    private final List<Written> writes = new ArrayList<>();

    NaiveMerkle(byte[] databaseId) {
        this.databaseId = databaseId;
    }

    void put(byte[] key, byte[] value, long version) {
        writes.add(new Written(key, version, writes.size() + 1L, value));
    }

    int count() {
        return writes.size();
    }

    /** Version 0 asks for the latest; null where there is none. */
    Written get(byte[] key, long version) {
        return writes.stream()
                .filter(w -> Arrays.equals(w.key, key) && (version == 0 || w.version == version))
                .max(Comparator.comparingLong(Written::version).thenComparingLong(Written::sequence))
                .orElse(null);
    }

    MasterRoot root() {
        int n = writes.size();
        byte[] runs = n == 0 ? hash(out -> out.write(new byte[] {0x0A, 4})) : runLeaf();
        return MasterRoot.of(hash(out -> {
            out.write(new byte[] {7, 1});
            out.write(databaseId);
            out.writeInt(0);
            out.writeByte(0);
            out.writeLong(n);
            out.writeInt(n == 0 ? 0 : 1);
            out.write(runs);
        }));
    }

    private byte[] runLeaf() {
        List<Written> sorted = new ArrayList<>(writes);
        sorted.sort(Comparator.comparing(Written::key, Arrays::compareUnsigned)
                .thenComparing(Comparator.comparingLong(Written::version)
                        .thenComparingLong(Written::sequence)
                        .reversed()));
        long maxPutVersion = writes.stream().mapToLong(Written::version).max().orElseThrow();
        List<byte[]> blocks = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += BLOCK_RECORDS) {
            List<byte[]> leaves = new ArrayList<>();
            for (Written w : sorted.subList(from, Math.min(from + BLOCK_RECORDS, sorted.size()))) {
                leaves.add(leaf(w));
            }
            blocks.add(hash(out -> {
                out.writeByte(3);
                out.writeInt(leaves.size());
                out.write(tree(1, leaves));
            }));
        }
        byte[] table = hash(out -> {
            out.write(new byte[] {4, 1});
            out.writeLong(sorted.size());
            out.writeInt(blocks.size());
            for (Written edge : List.of(sorted.get(0), sorted.get(sorted.size() - 1))) {
                out.writeInt(edge.key.length);
                out.write(edge.key);
                out.writeLong(edge.version);
                out.writeLong(edge.sequence);
            }
            out.writeLong(1);
            out.writeLong(sorted.size());
            out.writeLong(maxPutVersion);
            out.writeLong(0);
            out.writeLong(0);
            out.write(tree(2, blocks));
        });
        byte[] run = hash(out -> {
            out.write(new byte[] {5, 1, 0});
            out.writeInt(1);
            out.writeLong(maxPutVersion);
            out.write(table);
        });
        return hash(out -> {
            out.writeByte(6);
            out.write(run);
            out.writeLong(0);
        });
    }

    private static byte[] leaf(Written w) {
        return hash(out -> {
            out.write(new byte[] {0, 1});
            out.writeInt(0);
            out.writeInt(w.key.length);
            out.write(w.key);
            out.writeLong(w.version);
            out.writeLong(w.sequence);
            out.writeInt(w.value.length);
            if (w.value.length <= 32) {
                out.write(w.value);
            } else {
                out.write(hash(value -> {
                    value.writeByte(2);
                    value.write(w.value);
                }));
            }
        });
    }

    private static byte[] tree(int kind, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return hash(out -> {
            out.write(new byte[] {1, (byte) kind});
            out.write(tree(kind, leaves.subList(0, split)));
            out.write(tree(kind, leaves.subList(split, leaves.size())));
        });
    }

    @FunctionalInterface
    private interface Preimage {
        void write(DataOutputStream out) throws IOException;
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
}
