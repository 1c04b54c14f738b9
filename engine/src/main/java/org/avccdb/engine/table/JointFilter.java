package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;

/**
 * One filter for up to {@value #TABLES} tables, which tells of all of them at once, with one cache miss, which may have a user
 * key. In memory only: tables keep filters of their own, which are asked where this one does not rule them out.
 *
 * <p>A line of 64 bytes has 16 words, and each word a bit for each table. A key has one line and some words of it, in which a
 * table that has the key has set its bit.
 *
 * <p>Readers are any threads that hold a table whose bit they ask for; {@link JointFilters} makes the changes, one thread at a
 * time.
 *
 * <ol>
 *   <li>The bits of a table are set before anybody can see the table, and never cleared.
 *   <li>The other bits of a word may change while it is read; words are aligned, so they are read whole.
 * </ol>
 */
public final class JointFilter {
    static final int TABLES = Integer.SIZE;
    static final int LINE_LENGTH = 64;

    /** With two or three keys of a table in a line, more words would say yes more often. */
    private static final int PROBES = 4;

    /** Lines that are fetched at once. */
    private static final int FETCHED = 16;

    private static final int WORD_BITS = 4;
    private static final int STEP = 0x9E3779B9;
    /** So that words do not follow from the bits in a table's own filter, which is asked next. */
    private static final int SPREAD = 0x85EBCA6B;

    private final ScratchBuffer memory;
    private final UnsafeBuffer words;
    private final int lines;
    /** Nobody reads it; but what is put nowhere, the JVM does not fetch. */
    private final int[] fetched = new int[FETCHED];

    JointFilter(final int lines, final MemoryLedger ledger) {
        this.lines = lines;
        this.memory = new ScratchBuffer(ledger, MemoryPurpose.TABLE_INDEX);
        memory.ensure(lines * LINE_LENGTH);
        this.words = memory.buffer();
    }

    int lines() {
        return lines;
    }

    /** The table whose bit this is has keys with these hashes. */
    void add(final UnsafeBuffer hashes, final int count, final int bit) {
        for (int from = 0; from < count; from += FETCHED) {
            final int to = Math.min(count, from + FETCHED);
            // Each line is a cache miss: one after the other, unless they are asked for together.
            for (int i = from; i < to; i++) {
                fetched[i - from] = words.getInt(line(hashes.getLong(i * Long.BYTES)));
            }
            for (int i = from; i < to; i++) {
                add(hashes.getLong(i * Long.BYTES), bit);
            }
        }
    }

    private void add(final long hash, final int bit) {
        final int line = line(hash);
        int at = first(hash);
        for (int i = 0; i < PROBES; i++) {
            final int word = word(line, at);
            words.putInt(word, words.getInt(word) | bit);
            at *= STEP;
        }
    }

    /** The bits of the tables that may have a key with this hash. */
    public int tables(final long hash) {
        final int line = line(hash);
        int at = first(hash);
        int found = -1;
        for (int i = 0; i < PROBES; i++) {
            found &= words.getInt(word(line, at));
            at *= STEP;
        }
        return found;
    }

    private int line(final long hash) {
        return (int) (((hash >>> 32) * lines) >>> 32) * LINE_LENGTH;
    }

    private static int first(final long hash) {
        return ((int) hash | 1) * SPREAD;
    }

    private static int word(final int line, final int at) {
        return line + (at >>> (Integer.SIZE - WORD_BITS)) * Integer.BYTES;
    }

    /** Gives the memory back; when nobody asks any more. */
    void free() {
        memory.free();
    }
}
