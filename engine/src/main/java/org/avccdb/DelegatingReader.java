package org.avccdb;

import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.engine.read.Reads;

/** Checks the arguments of every question and passes it on. */
abstract class DelegatingReader implements Reader {
    DelegatingReader() {}

    /** Who answers; throws where this is closed. */
    abstract Reads reads();

    /** A value with its proof; the arguments have been checked. */
    abstract ProvenValue proven(byte[] key, long version);

    /** A history with its proof; the arguments have been checked. */
    abstract ProvenHistory provenHistory(byte[] key, long minVersion, long maxVersion);

    @Override
    public ProvenValue getWithProof(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("version", version);
        return proven(key, version);
    }

    @Override
    public ProvenHistory getVersionHistoryWithProof(final byte[] key, final long minVersion, final long maxVersion) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("minVersion", minVersion);
        Arguments.checkReadVersion("maxVersion", maxVersion);
        return provenHistory(key, minVersion, maxVersion);
    }

    @Override
    public byte[] get(final byte[] key) {
        Arguments.checkKey(key);
        return reads().get(key);
    }

    @Override
    public byte[] getWithVersion(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("version", version);
        return reads().getWithVersion(key, version);
    }

    @Override
    public VersionedValue getAsOf(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("version", version);
        return reads().getAsOf(key, version);
    }

    @Override
    public boolean contains(final byte[] key) {
        Arguments.checkKey(key);
        return reads().contains(key);
    }

    @Override
    public int get(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkTarget(dst, dstOffset);
        return reads().get(key, keyOffset, keyLength, dst, dstOffset);
    }

    @Override
    public int getAsOf(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkReadVersion("version", version);
        Arguments.checkTarget(dst, dstOffset);
        return reads().getAsOf(key, keyOffset, keyLength, version, dst, dstOffset);
    }

    @Override
    public boolean read(
            final DirectBuffer key, final int keyOffset, final int keyLength, final ValueConsumer consumer) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Objects.requireNonNull(consumer, "consumer");
        return reads().read(key, keyOffset, keyLength, consumer);
    }

    @Override
    public List<byte[]> multiGet(final List<byte[]> keys) {
        Objects.requireNonNull(keys, "keys");
        keys.forEach(Arguments::checkKey);
        return reads().multiGet(keys);
    }

    @Override
    public List<VersionedValue> getVersionHistory(final byte[] key, final long minVersion, final long maxVersion) {
        Arguments.checkKey(key);
        Arguments.checkReadVersion("minVersion", minVersion);
        Arguments.checkReadVersion("maxVersion", maxVersion);
        return reads().getVersionHistory(key, minVersion, maxVersion);
    }

    @Override
    public Cursor cursor(final KeyRange range) {
        Objects.requireNonNull(range, "range");
        return reads().cursor(range);
    }

    @Override
    public Cursor versionCursor(final KeyRange range) {
        Objects.requireNonNull(range, "range");
        return reads().versionCursor(range);
    }
}
