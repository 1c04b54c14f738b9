package org.avccdb.memdb;

import org.agrona.DirectBuffer;

/**
 * Sees an entry in place. It is called on the thread that asks, and owns nothing of what it sees; one that several threads ask
 * with must be thread-safe itself.
 */
@FunctionalInterface
public interface EntryConsumer {
    /**
     * Called with views of the entry, which are valid for the length of the call only.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value where the value is
     * @param valueOffset where it begins
     * @param valueLength its length
     */
    void accept(DirectBuffer key, int keyOffset, int keyLength, DirectBuffer value, int valueOffset, int valueLength);
}
