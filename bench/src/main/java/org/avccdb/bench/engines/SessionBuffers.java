package org.avccdb.bench.engines;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Direct buffers of one session, seen both as the JDK's and as Agrona's. */
final class SessionBuffers {
    final ByteBuffer keyBytes;
    final ByteBuffer versionedKeyBytes;
    final ByteBuffer valueBytes;
    final ByteBuffer answerBytes;
    final ByteBuffer walkedKeyBytes;
    final UnsafeBuffer key;
    final UnsafeBuffer value;
    final UnsafeBuffer answer;
    final UnsafeBuffer walkedKey;
    private final UnsafeBuffer versionedKey;

    SessionBuffers(final StoreSettings settings) {
        keyBytes = ByteBuffer.allocateDirect(settings.keyBytes());
        versionedKeyBytes = ByteBuffer.allocateDirect(settings.keyBytes() + Long.BYTES);
        valueBytes = ByteBuffer.allocateDirect(settings.valueBytes());
        answerBytes = ByteBuffer.allocateDirect(settings.valueBytes());
        walkedKeyBytes = ByteBuffer.allocateDirect(settings.keyBytes() + Long.BYTES);
        key = new UnsafeBuffer(keyBytes);
        versionedKey = new UnsafeBuffer(versionedKeyBytes);
        value = new UnsafeBuffer(valueBytes);
        answer = new UnsafeBuffer(answerBytes);
        walkedKey = new UnsafeBuffer(walkedKeyBytes);
    }

    /** The key as an engine without versions knows it, ready to be read. */
    ByteBuffer keyOf(final long version) {
        if (version == 0) {
            return keyBytes.clear();
        }
        versionedKey.putBytes(0, key, 0, key.capacity());
        versionedKey.putLong(key.capacity(), Long.MAX_VALUE - version, ByteOrder.BIG_ENDIAN);
        return versionedKeyBytes.clear();
    }

    /** Whether a key of that length, now in {@link #walkedKey}, is a version of {@link #key}. */
    boolean walkedIsVersionOfKey(final int length) {
        return length == key.capacity() + Long.BYTES && isPrefix(walkedKey);
    }

    private boolean isPrefix(final UnsafeBuffer other) {
        for (int i = 0; i < key.capacity(); i++) {
            if (key.getByte(i) != other.getByte(i)) {
                return false;
            }
        }
        return true;
    }
}
