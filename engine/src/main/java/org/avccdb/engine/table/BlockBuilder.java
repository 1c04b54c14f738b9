package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.RecordDescriptor;

/** Encodes the records of one block after the other ({@link BlockDescriptor}). */
final class BlockBuilder {
    private final int restartInterval;
    private final ScratchBuffer entries;
    private int[] restarts = new int[16];
    /** Where in the entries the keys of the restarts are, and how long. */
    private int[] restartKeys = new int[16];

    private int[] restartKeyLengths = new int[16];
    private int restartCount;
    private int untilRestart;
    private int length;
    private int records;
    private long base;
    /** What all keys have in common. */
    private int prefix;

    BlockBuilder(final int restartInterval, final MemoryLedger ledger) {
        this.restartInterval = restartInterval;
        this.entries = new ScratchBuffer(ledger);
    }

    boolean isEmpty() {
        return records == 0;
    }

    int records() {
        return records;
    }

    /** Bytes before the entries. */
    int headLength() {
        return BlockDescriptor.HEAD_LENGTH + BlockDescriptor.RESTART_LENGTH * restartCount;
    }

    /** Bytes of the entries. */
    int entriesLength() {
        return length;
    }

    DirectBuffer entries() {
        return entries.buffer();
    }

    /** At most how long the content would be with one more record. */
    long lengthWith(final int unshared, final int valueLength) {
        return (long) headLength()
                + BlockDescriptor.RESTART_LENGTH
                + length
                + BlockDescriptor.MAX_ENTRY_HEAD_LENGTH
                + unshared
                + valueLength;
    }

    /** Whether the key of the next record is stored whole. */
    boolean isRestartNext() {
        return untilRestart == 0;
    }

    /** Adds all of an entry but its value, which must follow. */
    void addKey(
            final int shared,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final int valueLength) {
        final boolean restart = untilRestart == 0;
        if (restart) {
            addRestart();
        }
        if (records == 0) {
            base = RecordDescriptor.sequence(stamp);
            prefix = keyLength;
        } else {
            prefix = Math.min(prefix, shared);
        }
        final int stored = restart ? 0 : shared;
        final int unshared = keyLength - stored;
        entries.ensure(
                length + BlockDescriptor.MAX_ENTRY_HEAD_LENGTH + Long.BYTES + unshared + Prefixes.COPY_SLACK, length);
        length += BlockDescriptor.putEntryHead(
                entries.buffer(), length, stored, unshared, valueLength, version, stamp, base);
        entries.buffer().putBytes(length, key, keyOffset + stored, unshared);
        if (restart) {
            restartKeys[restartCount - 1] = length;
            restartKeyLengths[restartCount - 1] = keyLength;
        }
        length += unshared;
        records++;
        untilRestart--;
    }

    private void addRestart() {
        if (restartCount == restarts.length) {
            restarts = Arrays.copyOf(restarts, restartCount * 2);
            restartKeys = Arrays.copyOf(restartKeys, restartCount * 2);
            restartKeyLengths = Arrays.copyOf(restartKeyLengths, restartCount * 2);
        }
        restarts[restartCount++] = length;
        untilRestart = restartInterval;
    }

    void addValue(final DirectBuffer value, final int valueOffset, final int valueLength) {
        entries.ensure(length + valueLength, length);
        entries.buffer().putBytes(length, value, valueOffset, valueLength);
        length += valueLength;
    }

    /** Writes what is before the entries. */
    void putHead(final MutableDirectBuffer target, final int offset) {
        target.putLong(offset, base, LITTLE_ENDIAN);
        target.putInt(offset + BlockDescriptor.RECORDS_OFFSET, records, LITTLE_ENDIAN);
        target.putInt(offset + BlockDescriptor.RESTARTS_OFFSET, restartCount, LITTLE_ENDIAN);
        target.putShort(offset + BlockDescriptor.PREFIX_OFFSET, (short) prefix, LITTLE_ENDIAN);
        target.putShort(offset + BlockDescriptor.SPARE_OFFSET, (short) 0, LITTLE_ENDIAN);
        final int offsets = offset + BlockDescriptor.HEAD_LENGTH;
        final int digests = offsets + restartCount * Integer.BYTES;
        for (int i = 0; i < restartCount; i++) {
            target.putInt(offsets + i * Integer.BYTES, restarts[i], LITTLE_ENDIAN);
            final int digest =
                    Prefixes.shortDigest(entries.buffer(), restartKeys[i] + prefix, restartKeyLengths[i] - prefix);
            target.putInt(digests + i * Integer.BYTES, digest, LITTLE_ENDIAN);
        }
    }

    /** Begins the next block. */
    void reset() {
        restartCount = 0;
        untilRestart = 0;
        length = 0;
        records = 0;
    }

    void free() {
        entries.free();
    }
}
