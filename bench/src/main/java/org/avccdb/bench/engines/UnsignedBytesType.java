package org.avccdb.bench.engines;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;

/** Keys in the order of all others here; MVStore's own order takes bytes as signed. */
final class UnsignedBytesType extends BasicDataType<byte[]> {
    static final UnsignedBytesType INSTANCE = new UnsignedBytesType();

    @Override
    public int compare(final byte[] left, final byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    @Override
    public int getMemory(final byte[] bytes) {
        return ByteArrayDataType.INSTANCE.getMemory(bytes);
    }

    @Override
    public void write(final WriteBuffer buffer, final byte[] bytes) {
        ByteArrayDataType.INSTANCE.write(buffer, bytes);
    }

    @Override
    public byte[] read(final ByteBuffer buffer) {
        return ByteArrayDataType.INSTANCE.read(buffer);
    }

    @Override
    public byte[][] createStorage(final int size) {
        return new byte[size][];
    }
}
