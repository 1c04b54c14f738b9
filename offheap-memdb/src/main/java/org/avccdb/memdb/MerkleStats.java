package org.avccdb.memdb;

/**
 * What a {@link MerkleMemDb} has done so far. Immutable.
 *
 * @param records how many there are
 * @param leavesHashed records hashed since the map was made: each once, when a root is first asked for after its writing
 * @param rebuilds how often the tree was built anew
 * @param cacheHits how many roots and proofs were taken from the tree as it was
 * @param lastRebuildNanos what the latest rebuild took; 0 before the first
 */
public record MerkleStats(long records, long leavesHashed, long rebuilds, long cacheHits, long lastRebuildNanos) {}
