package org.avccdb;

/** Why tables are merged. */
public enum CompactionCause {
    /** Level 0 has tables to be merged: enough of them, or fewer while nothing is written. */
    LEVEL0_COUNT,
    /** A deeper level holds too many bytes. */
    LEVEL_SIZE,
    /** Somebody asked for it. */
    RANGE,
    /** A table was written with {@link Authentication#NONE}, and is to have a root now. */
    AUTHENTICATION
}
