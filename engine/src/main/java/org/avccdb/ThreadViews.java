package org.avccdb;

import org.agrona.concurrent.UnsafeBuffer;

/** Buffers that each thread has for wrapping the arrays of its calls, so that these make no garbage. */
final class ThreadViews {
    private static final ThreadLocal<ThreadViews> OF_THREAD = ThreadLocal.withInitial(ThreadViews::new);
    private static final byte[] NOTHING = new byte[0];

    private final UnsafeBuffer key = new UnsafeBuffer(NOTHING);
    private final UnsafeBuffer value = new UnsafeBuffer(NOTHING);

    private ThreadViews() {}

    static ThreadViews ofThread() {
        return OF_THREAD.get();
    }

    UnsafeBuffer key(final byte[] bytes) {
        key.wrap(bytes);
        return key;
    }

    UnsafeBuffer value(final byte[] bytes) {
        value.wrap(bytes);
        return value;
    }

    /** Lets go of the caller's arrays. */
    void clear() {
        key.wrap(NOTHING);
        value.wrap(NOTHING);
    }
}
