package org.avccdb.engine.table;

import java.util.Arrays;

/**
 * Where a table came from, kept in its file so that a lost manifest can be rebuilt.
 *
 * @param level the level that it was made for
 * @param replaced numbers of the tables whose records it, and the others of its group, replace
 * @param group shared by all tables of one edit: the number of the first of them
 * @param groupSize how many tables the group has, in the last one written; 0 in the others
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record TableOrigin(int level, long[] replaced, long group, int groupSize) {
    @Override
    public boolean equals(final Object other) {
        return other instanceof TableOrigin that
                && level == that.level
                && group == that.group
                && groupSize == that.groupSize
                && Arrays.equals(replaced, that.replaced);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(group) * 31 + level;
    }

    @Override
    public String toString() {
        return "level " + level + ", group " + group + " of " + groupSize + ", replaces " + Arrays.toString(replaced);
    }
}
