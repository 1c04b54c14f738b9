package org.avccdb.engine.table;

import org.avccdb.Authentication;
import org.avccdb.Compression;
import org.avccdb.Options;

/**
 * How tables are written. Tables written with other settings can be read all the same.
 *
 * @param blockBytes a block is ended before it grows beyond this
 * @param restartInterval every so many records a key is stored whole
 * @param compression of the blocks
 * @param filterBitsPerKey bits of the filter for each user key, 0 for no filter
 * @param authenticated whether the table gets a root
 * @param hashing who hashes it, if the thread that writes it need not
 */
public record TableSettings(
        int blockBytes,
        int restartInterval,
        Compression compression,
        int filterBitsPerKey,
        boolean authenticated,
        HashWorker hashing) {
    private static final int MAX_FILTER_BITS_PER_KEY = 64;

    public TableSettings {
        if (blockBytes < 1
                || blockBytes > BlockWriter.LARGE_RECORD_LENGTH
                || restartInterval < 1
                || filterBitsPerKey < 0
                || filterBitsPerKey > MAX_FILTER_BITS_PER_KEY) {
            throw new IllegalArgumentException("no table can be written with blocks of " + blockBytes
                    + " bytes, a restart interval of " + restartInterval + " and " + filterBitsPerKey
                    + " bits of filter per key");
        }
    }

    /** The part of a database's options that is about tables; hashed by the threads that write them. */
    public static TableSettings of(final Options options) {
        return new TableSettings(
                options.blockBytes(),
                options.blockRestartInterval(),
                options.compression(),
                options.filterBitsPerKey(),
                options.authentication() == Authentication.MERKLE,
                HashWorker.NONE);
    }

    /** The same, hashed by somebody else. */
    public TableSettings hashedBy(final HashWorker worker) {
        return new TableSettings(blockBytes, restartInterval, compression, filterBitsPerKey, authenticated, worker);
    }
}
