package org.avccdb.engine.compaction;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * The records of several inputs in one order, forward only. One thread uses it.
 *
 * <p>A tree of losers: its inner nodes keep the input that lost there, so that after a step only the matches on the way from
 * the winner's leaf to the root are played again. A match is decided by eight bytes of the key, kept beside the input, and
 * only where these are equal by the keys. The eight bytes begin behind the prefix that all keys of the inputs share.
 *
 * <p>What comes out is in strictly ascending order but for doubles of one and the same record; where an input's order is
 * wrong, that is a {@link CorruptionException}.
 */
final class MergeSource {
    private static final int DIGEST_LENGTH = Long.BYTES;
    private static final int NO_VERSION = -1;

    private final MergeInput[] inputs;
    private final ShownRecord[] records;
    private final long[] digests;
    private final boolean[] live;
    /** Element 0 is not used: node n has the children 2n and 2n + 1, input i is the leaf inputs.length + i. */
    private final int[] losers;

    private final int prefixLength;
    private final UnsafeBuffer lastKey = new UnsafeBuffer(new byte[64]);
    private int lastKeyLength = NO_VERSION;
    private long lastDigest;
    private long lastVersion;
    private long lastStamp;
    private int winner = -1;
    private boolean newKey;

    /**
     * Before the first record.
     *
     * @param inputs newest first
     * @param prefixLength how many leading bytes all keys have in common; too low a number only costs time
     */
    MergeSource(final MergeInput[] inputs, final int prefixLength) {
        this.inputs = inputs;
        this.prefixLength = prefixLength;
        this.records = new ShownRecord[inputs.length];
        this.digests = new long[inputs.length];
        this.live = new boolean[inputs.length];
        this.losers = new int[inputs.length];
    }

    /** To the next record; false behind the last. */
    boolean next() {
        if (winner < 0) {
            start();
        } else {
            advance(winner);
            replay();
        }
        if (!live[winner]) {
            return false;
        }
        follow(records[winner]);
        return true;
    }

    /** The record it is on. */
    ShownRecord record() {
        return records[winner];
    }

    /** The digest of the record it is on; to be asked for once. */
    long digest() {
        return inputs[winner].digest();
    }

    /** Whether the record it is on is the first of its user key. */
    boolean isNewKey() {
        return newKey;
    }

    private void start() {
        final int count = inputs.length;
        final int[] winners = new int[2 * count];
        for (int i = 0; i < count; i++) {
            records[i] = inputs[i].record();
            advance(i);
            winners[count + i] = i;
        }
        for (int node = count - 1; node >= 1; node--) {
            final int left = winners[2 * node];
            final int right = winners[2 * node + 1];
            final boolean leftWins = precedes(left, right);
            winners[node] = leftWins ? left : right;
            losers[node] = leftWins ? right : left;
        }
        winner = winners[1];
    }

    private void advance(final int input) {
        live[input] = inputs[input].next();
        digests[input] = live[input] ? digest(records[input]) : 0;
    }

    private void replay() {
        int champion = winner;
        for (int node = (inputs.length + champion) / 2; node >= 1; node /= 2) {
            final int challenger = losers[node];
            if (precedes(challenger, champion)) {
                losers[node] = champion;
                champion = challenger;
            }
        }
        winner = champion;
    }

    private boolean precedes(final int a, final int b) {
        if (!live[a] || !live[b]) {
            return live[a];
        }
        if (digests[a] != digests[b]) {
            return Long.compareUnsigned(digests[a], digests[b]) < 0;
        }
        final ShownRecord mine = records[a];
        final ShownRecord other = records[b];
        int order = compareTails(
                mine.keyBuffer(),
                mine.keyOffset(),
                mine.keyLength(),
                other.keyBuffer(),
                other.keyOffset(),
                other.keyLength());
        if (order == 0) {
            order = Keys.compareWithinKey(mine.version(), mine.stamp(), other.version(), other.stamp());
        }
        return order == 0 ? a < b : order < 0;
    }

    /** Compares keys whose digests are equal. */
    private int compareTails(
            final DirectBuffer a,
            final int aOffset,
            final int aLength,
            final DirectBuffer b,
            final int bOffset,
            final int bLength) {
        // A digest of fewer bytes is filled up, so it says nothing about lengths.
        final int known = prefixLength + DIGEST_LENGTH;
        final int skipped = Math.min(aLength, bLength) >= known ? known : 0;
        return Keys.compare(a, aOffset + skipped, aLength - skipped, b, bOffset + skipped, bLength - skipped);
    }

    private long digest(final ShownRecord record) {
        final DirectBuffer buffer = record.keyBuffer();
        final int offset = record.keyOffset() + prefixLength;
        final int length = record.keyLength() - prefixLength;
        if (length >= DIGEST_LENGTH) {
            return buffer.getLong(offset, ByteOrder.BIG_ENDIAN);
        }
        long digest = 0;
        for (int i = 0; i < length; i++) {
            digest |= (buffer.getByte(offset + i) & 0xFFL) << (Long.SIZE - Byte.SIZE - i * Byte.SIZE);
        }
        return digest;
    }

    /** Takes note of the record it is on now, and checks that it comes behind the one before. */
    private void follow(final ShownRecord record) {
        final int order = orderBehindLast(record);
        newKey = order > 0;
        final long version = record.version();
        final long stamp = record.stamp();
        if (newKey) {
            rememberKey(record);
        } else if (order < 0 || Keys.compareWithinKey(lastVersion, lastStamp, version, stamp) > 0) {
            throw new CorruptionException(inputs[winner].name(), -1, "a record that is out of order");
        }
        lastVersion = version;
        lastStamp = stamp;
        final int type = RecordDescriptor.type(stamp);
        if (!RecordType.isRecord(type) || version < 0) {
            throw new CorruptionException(
                    inputs[winner].name(), -1, "a record of type " + type + " and version " + version);
        }
        if ((type == RecordType.KEY_DELETE) != (version == Versions.KEY_DELETE)) {
            throw new CorruptionException(inputs[winner].name(), -1, "version " + version + " with type " + type);
        }
    }

    /** Positive if the record's user key is behind the last one, 0 if it is the same. */
    private int orderBehindLast(final ShownRecord record) {
        if (lastKeyLength < 0) {
            return 1;
        }
        if (digests[winner] != lastDigest) {
            return Long.compareUnsigned(digests[winner], lastDigest);
        }
        return compareTails(record.keyBuffer(), record.keyOffset(), record.keyLength(), lastKey, 0, lastKeyLength);
    }

    private void rememberKey(final ShownRecord record) {
        final int length = record.keyLength();
        if (length > lastKey.capacity()) {
            lastKey.wrap(new byte[Math.max(length, 2 * lastKey.capacity())]);
        }
        lastKey.putBytes(0, record.keyBuffer(), record.keyOffset(), length);
        lastKeyLength = length;
        lastDigest = digests[winner];
    }
}
