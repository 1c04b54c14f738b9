package org.avccdb.bench.engines;

import org.agrona.concurrent.UnsafeBuffer;

/** What the sessions of all engines have in common: their buffers, and that nothing they read goes unused. */
abstract class BufferedSession implements Session {
    final SessionBuffers buffers;
    private long sum;

    BufferedSession(final StoreSettings settings) {
        this.buffers = new SessionBuffers(settings);
    }

    @Override
    public final UnsafeBuffer key() {
        return buffers.key;
    }

    @Override
    public final UnsafeBuffer value() {
        return buffers.value;
    }

    @Override
    public final UnsafeBuffer answer() {
        return buffers.answer;
    }

    /** Takes something of what was read, so that reading it cannot be left out. */
    final void use(final int read) {
        sum += read;
    }

    @Override
    public void close() {
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException("never so, but what was read must be used");
        }
    }
}
