package org.avccdb;

/** How the blocks of tables are compressed. Each table says for itself, so this may change from one opening to the next. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** Fast in both directions. */
    LZ4,
    /** Smaller and slower. Needs the library zstd-jni on the class path. */
    ZSTD
}
