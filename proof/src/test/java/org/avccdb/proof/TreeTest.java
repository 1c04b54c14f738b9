package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shapes and roots against the definition of RFC 6962, written out by {@link NaiveTree}. */
class TreeTest {
    private static final int KIND = HashRules.BLOCKS_TREE;

    private final HashRules rules = new HashRules();
    private final TreeHasher hasher = new TreeHasher(rules);
    private final OpenedTree openedTree = new OpenedTree(rules);

    private static List<byte[]> leaves(int count) {
        Random random = new Random(count);
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] leaf = new byte[32];
            random.nextBytes(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    @Test
    void streamedRoots() {
        for (int n = 0; n <= 300; n++) {
            List<byte[]> leaves = leaves(n);
            hasher.start(KIND);
            for (byte[] leaf : leaves) {
                byte[] shifted = new byte[40];
                System.arraycopy(leaf, 0, shifted, 3, 32);
                hasher.add(shifted, 3);
            }
            assertEquals(n, hasher.leaves());
            byte[] out = new byte[40];
            hasher.root(out, 5);
            byte[] root = new byte[32];
            System.arraycopy(out, 5, root, 0, 32);
            assertArrayEquals(NaiveTree.root(KIND, leaves), root, "leaves: " + n);
        }
    }

    @Test
    void rootsFromIntervalsAndSiblings() {
        for (int n = 1; n <= 40; n++) {
            List<byte[]> leaves = leaves(n);
            byte[] expected = NaiveTree.root(KIND, leaves);
            for (int from = 0; from < n; from++) {
                for (int to = from; to <= n; to++) {
                    HashList siblings = siblings(leaves, from, to);
                    byte[] root = new byte[32];
                    int first = from;
                    openedTree.root(
                            KIND,
                            n,
                            from,
                            to - from,
                            (i, out, offset) -> System.arraycopy(leaves.get(first + i), 0, out, offset, 32),
                            siblings,
                            root,
                            0);
                    assertArrayEquals(expected, root);
                    assertEquals(siblings.count(), TreeShape.siblingCount(n, from, to));
                    assertEquals(
                            siblings.count(),
                            NaiveTree.siblings(KIND, leaves, from, to).size());
                }
            }
        }
    }

    private static HashList siblings(List<byte[]> leaves, int from, int to) {
        HashList.Builder siblings = new HashList.Builder();
        List<byte[]> expected = NaiveTree.siblings(KIND, leaves, from, to);
        int[] next = {0};
        TreeShape.siblings(leaves.size(), from, to, (start, end) -> {
            byte[] hash = NaiveTree.root(KIND, leaves.subList((int) start, (int) end));
            assertArrayEquals(expected.get(next[0]++), hash);
            siblings.add(hash, 0);
        });
        return siblings.build();
    }

    @Test
    void anEmptyTreeHasNoSiblings() {
        assertEquals(0, TreeShape.siblingCount(0, 0, 0));
        byte[] root = new byte[32];
        openedTree.root(KIND, 0, 0, 0, (i, out, offset) -> {}, HashList.EMPTY, root, 0);
        assertArrayEquals(NaiveTree.root(KIND, List.of()), root);
    }

    @Test
    void theLargestTreesHaveFewSiblings() {
        assertEquals(124, TreeShape.siblingCount(Long.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 2));
        assertEquals(1, TreeShape.siblingCount(Long.MAX_VALUE, 0, 0));
        assertEquals(0, TreeShape.siblingCount(Long.MAX_VALUE, 0, Long.MAX_VALUE));
    }

    @Test
    void whatIsNotInTheTreeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TreeShape.siblingCount(5, 3, 6));
        assertThrows(IllegalArgumentException.class, () -> TreeShape.siblingCount(5, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> TreeShape.siblingCount(5, -1, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> openedTree.root(KIND, 5, 1, 1, (i, out, offset) -> {}, HashList.EMPTY, new byte[32], 0));
    }

    @Test
    void anOddLeafIsNotDoubled() {
        List<byte[]> leaves = new ArrayList<>(leaves(3));
        byte[] three = NaiveTree.root(KIND, leaves);
        leaves.add(leaves.get(2));
        assertFalse(java.util.Arrays.equals(three, NaiveTree.root(KIND, leaves)));
    }
}
