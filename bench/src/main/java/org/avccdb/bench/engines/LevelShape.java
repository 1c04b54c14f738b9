package org.avccdb.bench.engines;

/**
 * One level of a tree of tables.
 *
 * @param level its number, 0 for the newest
 * @param tables how many tables it has
 * @param bytes their bytes
 */
public record LevelShape(int level, long tables, long bytes) {}
