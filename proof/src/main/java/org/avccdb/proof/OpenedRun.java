package org.avccdb.proof;

import java.util.List;

/**
 * A run that a proof opens. Immutable.
 *
 * @param summary what RUN binds
 * @param olderMaxPutVersion the highest version of a put in all older runs, 0 if there is none
 * @param firstTable index of the first table shown
 * @param tables those shown, at least one, without gaps
 * @param siblings hashes of the subtrees of other tables, as {@link TreeShape#siblings} enumerates them
 */
public record OpenedRun(
        RunSummary summary, long olderMaxPutVersion, int firstTable, List<OpenedTable> tables, HashList siblings) {
    /**
     * Copies the list.
     *
     * @param summary what RUN binds
     * @param olderMaxPutVersion the highest version of a put in all older runs
     * @param firstTable index of the first table shown
     * @param tables those shown
     * @param siblings hashes of the other subtrees
     */
    public OpenedRun {
        tables = List.copyOf(tables);
    }
}
