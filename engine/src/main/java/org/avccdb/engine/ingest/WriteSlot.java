package org.avccdb.engine.ingest;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;

/**
 * One write on its way to the writer: entries as {@link EntryDescriptor} lays them out, and what the caller asks of it.
 *
 * <p>Owned by the thread that claimed it until it is published, then by whoever has the writer's role until the ring is told
 * that it is consumed.
 */
public final class WriteSlot {
    private final UnsafeBuffer inline;
    private final int inlineOffset;
    private final int inlineLength;

    private DirectBuffer content;
    private int offset;
    private int length;
    private int records;
    private int entries;
    private long dataBytes;
    private boolean sync;
    private boolean alone;
    private Waiter waiter;
    private SpillPool.Spill spill;
    private RuntimeException refusal;
    private long lastSequence;

    /** A slot whose small writes go to a part of a buffer that it alone uses. */
    public WriteSlot(final UnsafeBuffer inline, final int inlineOffset, final int inlineLength) {
        this.inline = inline;
        this.inlineOffset = inlineOffset;
        this.inlineLength = inlineLength;
    }

    /** Whether a write of this many bytes needs no spill. */
    public boolean fitsInline(final long bytes) {
        return bytes <= inlineLength;
    }

    /** Takes a single record. */
    public void encode(
            final SpillPool.Spill spilled,
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        spill = spilled;
        final UnsafeBuffer target = spilled == null ? inline : spilled.buffer();
        final int start = spilled == null ? inlineOffset : 0;
        EntryDescriptor.putHeader(target, start, type, keyLength, valueLength, version);
        final int keyStart = EntryDescriptor.keyOffset(start);
        target.putBytes(keyStart, key, keyOffset, keyLength);
        if (valueLength > 0) {
            target.putBytes(keyStart + keyLength, value, valueOffset, valueLength);
        }
        settle(
                target,
                start,
                (int) EntryDescriptor.length(keyLength, valueLength),
                1,
                1,
                (long) keyLength + valueLength);
    }

    /** Takes a copy of several entries. */
    public void encode(
            final SpillPool.Spill spilled,
            final DirectBuffer source,
            final int bytes,
            final int count,
            final int records) {
        spill = spilled;
        final UnsafeBuffer target = spilled == null ? inline : spilled.buffer();
        final int start = spilled == null ? inlineOffset : 0;
        target.putBytes(start, source, 0, bytes);
        settle(target, start, bytes, count, records, bytes - (long) count * EntryDescriptor.HEADER_LENGTH);
    }

    /** Refers to entries that stay where they are until the write is done. */
    public void refer(final DirectBuffer source, final int bytes, final int count, final int records) {
        spill = null;
        settle(source, 0, bytes, count, records, bytes - (long) count * EntryDescriptor.HEADER_LENGTH);
    }

    /** A write of nothing: what is left of one whose encoding failed. */
    public void clear() {
        spill = null;
        settle(inline, inlineOffset, 0, 0, 0, 0);
        ask(false, false, null);
    }

    private void settle(
            final DirectBuffer source,
            final int start,
            final int bytes,
            final int count,
            final int recordCount,
            final long keyAndValueBytes) {
        content = source;
        offset = start;
        length = bytes;
        entries = count;
        records = recordCount;
        dataBytes = keyAndValueBytes;
        refusal = null;
    }

    /** What the caller wants of it. */
    public void ask(final boolean syncFirst, final boolean aloneInGroup, final Waiter who) {
        sync = syncFirst;
        alone = aloneInGroup;
        waiter = who;
    }

    public DirectBuffer content() {
        return content;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public int entries() {
        return entries;
    }

    /** Entries that take a sequence number: all but {@link RecordType#POSITION}. */
    public int records() {
        return records;
    }

    /** Bytes of keys and values. */
    public long dataBytes() {
        return dataBytes;
    }

    public boolean isSync() {
        return sync;
    }

    public boolean isAlone() {
        return alone;
    }

    /** Says that this write is not to be carried out. */
    public void refuse(final RuntimeException why) {
        refusal = why;
    }

    /** Why it is not to be carried out, or null. */
    public RuntimeException refusal() {
        return refusal;
    }

    /** Says that this write is visible, and which sequence number its last record has. */
    public void carriedOut(final long sequence) {
        lastSequence = sequence;
    }

    /** The sequence number of its last record, once it has been carried out. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Who waits for it, or null. */
    public Waiter waiter() {
        return waiter;
    }

    /** Lets go of what it held; the spill, if any, goes back. */
    public void release(final SpillPool pool) {
        if (spill != null) {
            pool.give(spill);
            spill = null;
        }
        content = inline;
        waiter = null;
        refusal = null;
    }
}
