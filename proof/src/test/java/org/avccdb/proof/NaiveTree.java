package org.avccdb.proof;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Merkle trees straight from the definition of RFC 6962, using nothing of the code under test. */
final class NaiveTree {
    private NaiveTree() {}

    /** MTH of the leaves' hashes. */
    static byte[] root(int kind, List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return sha256(new byte[] {0x0A, (byte) kind});
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = split(leaves.size());
        byte[] left = root(kind, leaves.subList(0, k));
        byte[] right = root(kind, leaves.subList(k, leaves.size()));
        return sha256(new byte[] {0x01, (byte) kind}, left, right);
    }

    /** Roots of the largest subtrees that hold no leaf of the interval, from left to right. */
    static List<byte[]> siblings(int kind, List<byte[]> leaves, int from, int to) {
        List<byte[]> siblings = new ArrayList<>();
        if (!leaves.isEmpty()) {
            collect(kind, leaves, 0, from, to, siblings);
        }
        return siblings;
    }

    private static void collect(int kind, List<byte[]> leaves, int start, int from, int to, List<byte[]> siblings) {
        boolean holdsOne = false;
        for (int i = start; i < start + leaves.size(); i++) {
            holdsOne |= i >= from && i < to;
        }
        if (!holdsOne) {
            siblings.add(root(kind, leaves));
        } else if (leaves.size() > 1) {
            int k = split(leaves.size());
            collect(kind, leaves.subList(0, k), start, from, to, siblings);
            collect(kind, leaves.subList(k, leaves.size()), start + k, from, to, siblings);
        }
    }

    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    static byte[] sha256(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
