package org.avccdb.engine.table;

/**
 * How the records of a data block are divided into blocks of the hash tree. A proof rebuilds the tree of one of these, and
 * each costs 32 bytes: so they have about as many records as keep both small. They are of the same size, but for one record.
 */
public final class HashBlocks {
    /** Records that a hash block is to have. */
    public static final int USUAL_RECORDS = 32;

    /** Records that one has at most. */
    static final int MOST_RECORDS = USUAL_RECORDS + USUAL_RECORDS / 2 - 1;

    private HashBlocks() {}

    /** How many hash blocks a data block has. */
    public static int count(final int records) {
        return Math.max(1, (records + USUAL_RECORDS / 2) / USUAL_RECORDS);
    }

    /** Index of the first record of a hash block; that of the one behind the last is the number of records. */
    public static int start(final int records, final int hashBlock) {
        return (int) ((long) records * hashBlock / count(records));
    }

    /** The hash block of a record. */
    public static int of(final int records, final int record) {
        int block = (int) ((long) record * count(records) / records);
        while (start(records, block + 1) <= record) {
            block++;
        }
        return block;
    }
}
