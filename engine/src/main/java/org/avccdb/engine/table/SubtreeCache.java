package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Hashes of small subtrees inside the hash blocks that proofs were made of, so that the next proof there need hash a few records
 * only. Each block has one place that it may be in, blocks that follow each other have places beside each other, in one chunk.
 * On the heap; a chunk is taken when its first block comes.
 *
 * <p>Any thread may call any method; nobody waits.
 *
 * <ol>
 *   <li>The version of a place is odd while it is written. Who wants to write makes it odd by a compare-and-set, or leaves it.
 *   <li>Who finds the same even version before and after reading has read what one writer wrote: the version is read with
 *       acquire before, and behind a fence after; the writer's stores stand between a fence and a release.
 *   <li>A chunk that is there stays there.
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
    private static final int CHUNK_BITS = 5;
    private static final int CHUNK_PLACES = 1 << CHUNK_BITS;
    /** What a chunk takes. */
    static final int CHUNK_BYTES = CHUNK_PLACES * (PLACE_BYTES + WORDS * Long.BYTES);

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final AtomicReferenceArray<Chunk> chunks;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(long[] words, byte[] hashes) {}

    /** An empty one that may grow to so many bytes, less what whole chunks do not fill. */
    public SubtreeCache(final long bytes) {
        this.chunks = new AtomicReferenceArray<>((int) Math.min(bytes / CHUNK_BYTES, Integer.MAX_VALUE / CHUNK_BYTES));
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
        final Chunk chunk = chunks.length() == 0 ? null : chunks.getAcquire(index(table, hashBlock));
        if (chunk == null) {
            return false;
        }
        final int place = place(hashBlock);
        final int word = place * WORDS;
        final long version = (long) WORD.getAcquire(chunk.words(), word);
        if ((version & 1) != 0 || chunk.words()[word + TABLE] != table || chunk.words()[word + BLOCK] != hashBlock) {
            return false;
        }
        System.arraycopy(chunk.hashes(), place * PLACE_BYTES, out, 0, PLACE_BYTES);
        VarHandle.loadLoadFence();
        return version != 0 && (long) WORD.getOpaque(chunk.words(), word) == version;
    }

    /** Keeps the hashes of a block, in place of what is where they go. */
    void put(final long table, final int hashBlock, final byte[] hashes) {
        if (chunks.length() == 0) {
            return;
        }
        final Chunk chunk = chunk(index(table, hashBlock));
        final int place = place(hashBlock);
        final int word = place * WORDS;
        final long version = (long) WORD.getOpaque(chunk.words(), word);
        if ((version & 1) != 0 || !WORD.compareAndSet(chunk.words(), word, version, version + 1)) {
            return;
        }
        VarHandle.storeStoreFence();
        chunk.words()[word + TABLE] = table;
        chunk.words()[word + BLOCK] = hashBlock;
        System.arraycopy(hashes, 0, chunk.hashes(), place * PLACE_BYTES, PLACE_BYTES);
        WORD.setRelease(chunk.words(), word, version + 2);
    }

    private Chunk chunk(final int index) {
        final Chunk present = chunks.getAcquire(index);
        if (present != null) {
            return present;
        }
        final Chunk added = new Chunk(new long[CHUNK_PLACES * WORDS], new byte[CHUNK_PLACES * PLACE_BYTES]);
        final Chunk other = chunks.compareAndExchange(index, null, added);
        return other == null ? added : other;
    }

    private int index(final long table, final int hashBlock) {
        final long hash = (table * 0x9E3779B97F4A7C15L + (hashBlock >>> CHUNK_BITS)) * 0xD6E8FEB86659FD93L;
        return (int) (((hash >>> 32) * chunks.length()) >>> 32);
    }

    private static int place(final int hashBlock) {
        return hashBlock & (CHUNK_PLACES - 1);
    }

    /** Room for the hashes of a block. */
    static byte[] room() {
        return new byte[PLACE_BYTES];
    }
}
