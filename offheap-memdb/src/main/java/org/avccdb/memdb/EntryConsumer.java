package org.avccdb.memdb;

import org.agrona.DirectBuffer;

/** Sees an entry in place. */
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
