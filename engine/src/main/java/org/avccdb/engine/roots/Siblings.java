package org.avccdb.engine.roots;

import org.avccdb.proof.HashList;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.TreeShape;

/** Collects the siblings of what a proof opens. */
final class Siblings {
    private Siblings() {}

    /** Gives the hash of a subtree. */
    @FunctionalInterface
    interface Subtrees {
        void hash(long from, long to, byte[] out);
    }

    static HashList of(final long leaves, final long from, final long to, final Subtrees subtrees) {
        final HashList.Builder siblings = new HashList.Builder();
        final byte[] hash = new byte[HashRules.HASH_LENGTH];
        TreeShape.siblings(leaves, from, to, (start, end) -> {
            subtrees.hash(start, end, hash);
            siblings.add(hash, 0);
        });
        return siblings.build();
    }
}
