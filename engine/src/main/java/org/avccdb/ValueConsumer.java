package org.avccdb;

import org.agrona.DirectBuffer;

/**
 * Sees a value where it is, without a copy. It is called on the thread that asks, and owns nothing of what it sees; one that
 * several threads ask with must be thread-safe itself.
 */
@FunctionalInterface
public interface ValueConsumer {
    /**
     * Called with the value in place, on the thread that asked. What it sees is valid until it returns: it may copy the
     * bytes, but not keep the buffer, which shows nothing afterwards. It must not wait for other threads, because memory is
     * held for it; what it throws reaches the caller of {@link Reader#read}.
     *
     * @param buffer holds the value; not to be written to
     * @param offset where the value begins
     * @param length its length in bytes
     */
    void accept(DirectBuffer buffer, int offset, int length);
}
