package org.avccdb.proof;

/**
 * What RUN binds beside the tables. Immutable.
 *
 * @param kind {@link HashRules#MEMTABLE_RUN}, {@link HashRules#LEVEL0_RUN} or {@link HashRules#LEVEL_RUN}
 * @param level which level it is; 0 for the two other kinds
 * @param tables how many there are, at least 1
 * @param maxPutVersion the highest version of a put in the run, 0 if there is none
 */
public record RunSummary(int kind, int level, int tables, long maxPutVersion) {}
