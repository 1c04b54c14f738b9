package org.avccdb;

/** How the blocks of tables are compressed; each block may also be stored as it is, where compressing gains too little. */
public enum Compression {
    /** Blocks are stored as they are and read in place. */
    NONE,
    /** LZ4: quick both ways. */
    LZ4,
    /** Zstandard: smaller and slower; needs {@code com.github.luben:zstd-jni} on the class path. */
    ZSTD
}
