package org.avccdb.bench.engines;

/**
 * Something that an engine did in the background, or that held writes up.
 *
 * @param kind "flush", "compaction" or "stall"
 * @param beginNanos when it began, as {@link System#nanoTime}
 * @param endNanos when it ended
 * @param bytes bytes written by it, 0 where there are none
 * @param text more about it, for people
 */
public record Event(String kind, long beginNanos, long endNanos, long bytes, String text) {}
