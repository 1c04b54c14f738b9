package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hashes of small subtrees inside the hash blocks that proofs were made of, so that the next proof there need hash a few records
 * only. Each block has one place that it may be in. The memory is taken when the first block comes.
 *
 * <p>Any thread may call any method; nobody waits.
 *
 * <ol>
 *   <li>The version of a place is odd while it is written. Who wants to write makes it odd by a compare-and-set, or leaves it.
 *   <li>Who finds the same even version before and after reading has read what one writer wrote: the version is read with
 *       acquire before, and behind a fence after; the writer's stores stand between a fence and a release.
 * </ol>
 */
public final class SubtreeCache {
    /** Leaves of a subtree. */
    static final int LEAVES = 8;

    private static final int SUBTREES = HashBlocks.MOST_RECORDS / LEAVES;
    private static final int PLACE_BYTES = SUBTREES * HASH_LENGTH;
    private static final int WORDS = 3;
    private static final int TABLE = 1;
    private static final int BLOCK = 2;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final int places;
    private volatile Memory memory;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Memory(long[] words, byte[] hashes) {}

    /** An empty one that may grow to so many bytes. */
    public SubtreeCache(final long bytes) {
        this.places = (int) Math.min(bytes, Integer.MAX_VALUE) / (PLACE_BYTES + WORDS * Long.BYTES);
    }

    /** How many subtrees a block with so many records has here: those that are full, from the first leaf on. */
    static int subtrees(final int records) {
        return records / LEAVES;
    }

    /**
     * Copies the hashes of a block, if they are here.
     *
     * @return whether they are
     */
    boolean get(final long table, final int hashBlock, final byte[] out) {
        final Memory present = memory;
        if (present == null) {
            return false;
        }
        final int place = place(table, hashBlock);
        final int word = place * WORDS;
        final long version = (long) WORD.getAcquire(present.words(), word);
        if ((version & 1) != 0
                || present.words()[word + TABLE] != table
                || present.words()[word + BLOCK] != hashBlock) {
            return false;
        }
        System.arraycopy(present.hashes(), place * PLACE_BYTES, out, 0, PLACE_BYTES);
        VarHandle.loadLoadFence();
        return version != 0 && (long) WORD.getOpaque(present.words(), word) == version;
    }

    /** Keeps the hashes of a block, in place of what is where they go. */
    void put(final long table, final int hashBlock, final byte[] hashes) {
        if (places == 0) {
            return;
        }
        final Memory present = memory();
        final int place = place(table, hashBlock);
        final int word = place * WORDS;
        final long version = (long) WORD.getOpaque(present.words(), word);
        if ((version & 1) != 0 || !WORD.compareAndSet(present.words(), word, version, version + 1)) {
            return;
        }
        VarHandle.storeStoreFence();
        present.words()[word + TABLE] = table;
        present.words()[word + BLOCK] = hashBlock;
        System.arraycopy(hashes, 0, present.hashes(), place * PLACE_BYTES, PLACE_BYTES);
        WORD.setRelease(present.words(), word, version + 2);
    }

    private Memory memory() {
        final Memory present = memory;
        return present != null ? present : allocate();
    }

    private synchronized Memory allocate() {
        if (memory == null) {
            memory = new Memory(new long[places * WORDS], new byte[places * PLACE_BYTES]);
        }
        return memory;
    }

    private int place(final long table, final int hashBlock) {
        final long hash = (table * 0x9E3779B97F4A7C15L + hashBlock) * 0xD6E8FEB86659FD93L;
        return (int) (((hash >>> 32) * places) >>> 32);
    }

    /** Room for the hashes of a block. */
    static byte[] room() {
        return new byte[PLACE_BYTES];
    }
}
