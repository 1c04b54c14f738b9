package org.avccdb.bench.job;

/**
 * Something that must hold.
 *
 * @param name what
 * @param held whether it did
 * @param detail what was looked at, or what was wrong
 */
record Check(String name, boolean held, String detail) {}
