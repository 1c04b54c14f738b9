package org.avccdb.bench.trace;

import java.util.List;

/**
 * A workload as it was recorded.
 *
 * @param name what it is called in results; no other one of the file is called so
 * @param fresh whether it begins with an empty database
 * @param position where in the file its first operation is
 * @param operations how many there are
 * @param kinds the kinds that occur
 */
public record Phase(String name, boolean fresh, long position, long operations, List<String> kinds) {}
