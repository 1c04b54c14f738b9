package org.avccdb.memdb;

import java.lang.ref.Cleaner;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block of memory outside the Java heap, and the only class that touches such memory.
 *
 * <p>Any thread may call any method; what they may do to the same bytes at the same time is for the owner to arrange. The
 * name of an accessor says its access mode: plain, or acquire and release (on 8-byte aligned offsets).
 *
 * <p>With assertions enabled the block is in checked mode: each access is checked against its bounds, memory is poisoned
 * when it is freed, and whoever touches freed memory gets an {@link IllegalStateException} instead of somebody else's
 * bytes. Without assertions an access is the bare machine instruction.
 *
 * <ol>
 *   <li>The memory is freed once: by {@link #free()}, or, as a net under a missing {@code close}, when the block is
 *       unreachable; the ledger counts the latter as abandoned.
 *   <li>Callers that hold offsets only keep this object reachable for the length of their access.
 * </ol>
 */
public final class NativeMemory {
    /** Readable bytes behind the end of every block, so that reading a word ahead needs no bounds check. */
    static final int SLACK_BYTES = 256;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final byte POISON = (byte) 0xDB;
    private static final int ALIGNMENT = 64;
    private static final int WORD = Long.BYTES;

    private final long address;
    private final int capacity;
    private final Lease lease;
    private final Cleaner.Cleanable net;

    private NativeMemory(final long address, final int capacity, final Lease lease) {
        this.address = address;
        this.capacity = capacity;
        this.lease = lease;
        this.net = CLEANER.register(this, lease);
    }

    static NativeMemory allocate(final int bytes, final MemoryPurpose purpose, final MemoryLedger ledger) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cannot allocate " + bytes + " bytes");
        }
        final boolean huge = bytes >= HugePages.PAGE_BYTES;
        final int alignment = huge ? HugePages.PAGE_BYTES : ALIGNMENT;
        final long allocated = (long) bytes + SLACK_BYTES + alignment;
        ledger.reserve(allocated, purpose);
        final long start;
        try {
            start = UnsafeApi.allocateMemory(allocated);
        } catch (final OutOfMemoryError | IllegalAccessError refused) {
            ledger.release(allocated, purpose);
            if (refused instanceof IllegalAccessError) {
                throw MissingExport.toRunOn(refused);
            }
            throw new OutOfNativeMemoryException(
                    "the operating system has no " + allocated + " bytes for " + purpose + "; " + ledger);
        }
        final long address = (start + alignment - 1) & -alignment;
        if (huge) {
            HugePages.advise(address, bytes);
        }
        return new NativeMemory(address, bytes, new Lease(start, allocated, purpose, ledger));
    }

    /** Gives the memory back. No thread may be inside; a second call does nothing. */
    public void free() {
        lease.freedByOwner = true;
        net.clean();
    }

    /**
     * Whether the memory has been given back.
     *
     * @return true from {@link #free()} on
     */
    public boolean isFreed() {
        return lease.freed;
    }

    /**
     * Moves the block to another account of the ledger.
     *
     * @param purpose what it is used for from now on
     */
    public void assign(final MemoryPurpose purpose) {
        lease.assign(purpose);
    }

    /**
     * How many bytes may be used.
     *
     * @return the length asked for when the block was allocated
     */
    public int capacity() {
        return capacity;
    }

    byte getByte(final int offset) {
        assert inBounds(offset, 1);
        return UnsafeApi.getByte(address + offset);
    }

    void putByte(final int offset, final byte value) {
        assert inBounds(offset, 1);
        UnsafeApi.putByte(address + offset, value);
    }

    char getChar(final int offset) {
        assert inBounds(offset, Character.BYTES);
        return UnsafeApi.getChar(address + offset);
    }

    int getInt(final int offset) {
        assert inBounds(offset, Integer.BYTES);
        return UnsafeApi.getInt(address + offset);
    }

    long getLong(final int offset) {
        assert inBounds(offset, WORD);
        return UnsafeApi.getLong(address + offset);
    }

    void putLong(final int offset, final long value) {
        assert inBounds(offset, WORD);
        UnsafeApi.putLong(address + offset, value);
    }

    long getLongAcquire(final int offset) {
        assert inBounds(offset, WORD) && isAligned(offset);
        return UnsafeApi.getLongAcquire(null, address + offset);
    }

    void putLongRelease(final int offset, final long value) {
        assert inBounds(offset, WORD) && isAligned(offset);
        UnsafeApi.putLongRelease(null, address + offset, value);
    }

    void zero(final int offset, final int length) {
        assert inBounds(offset, length);
        UnsafeApi.setMemory(address + offset, length, (byte) 0);
    }

    /** Fills with a pattern that no reader can take for content. */
    void poison() {
        UnsafeApi.setMemory(address, capacity, POISON);
    }

    /** Where the byte at this offset is, for a key given as (null, address); valid until the memory is freed. */
    long addressOf(final int offset) {
        assert inBounds(offset, 0);
        return address + offset;
    }

    /**
     * Shows the bytes to a reader, in place.
     *
     * @param view wrapped around them; to be used only while this memory is kept in place
     * @param offset where they begin
     * @param length how many
     */
    public void wrap(final UnsafeBuffer view, final int offset, final int length) {
        assert inBounds(offset, length);
        view.wrap(address + offset, length);
    }

    /**
     * Loads one byte of each cache line of a range, so that its later use does not wait for memory. The range may pass
     * the end of the block by {@link #SLACK_BYTES}. What it returns has no meaning but must be kept, or the loads are
     * optimised away.
     */
    long touch(final int offset, final int length) {
        assert inBounds(offset, 0) && length <= SLACK_BYTES;
        long seen = 0;
        for (int line = 0; line < length; line += ALIGNMENT) {
            seen += UnsafeApi.getByte(address + offset + line);
        }
        return seen;
    }

    /** Copies from a buffer whose range the caller has checked. */
    void copyFrom(final Object sourceBase, final long sourceAddress, final int offset, final int length) {
        assert inBounds(offset, length);
        final long target = address + offset;
        if (length > COPY_LOOP_MAX) {
            UnsafeApi.copyMemory(sourceBase, sourceAddress, null, target, length);
            return;
        }
        int i = 0;
        for (; i + WORD <= length; i += WORD) {
            UnsafeApi.putLongUnaligned(null, target + i, UnsafeApi.getLongUnaligned(sourceBase, sourceAddress + i));
        }
        for (; i < length; i++) {
            UnsafeApi.putByte(target + i, UnsafeApi.getByte(sourceBase, sourceAddress + i));
        }
    }

    /** Copies to a buffer whose range the caller has checked. */
    void copyTo(final int offset, final MutableDirectBuffer target, final int targetOffset, final int length) {
        assert inBounds(offset, length);
        final Object targetBase = target.byteArray();
        final long targetAddress = target.addressOffset() + targetOffset;
        final long source = address + offset;
        if (length > COPY_LOOP_MAX) {
            UnsafeApi.copyMemory(null, source, targetBase, targetAddress, length);
            return;
        }
        int i = 0;
        for (; i + WORD <= length; i += WORD) {
            UnsafeApi.putLongUnaligned(targetBase, targetAddress + i, UnsafeApi.getLongUnaligned(null, source + i));
        }
        for (; i < length; i++) {
            UnsafeApi.putByte(targetBase, targetAddress + i, UnsafeApi.getByte(source + i));
        }
    }

    /** Order of a key outside (as base and address) against bytes in this block, as unsigned bytes. */
    int compareKey(
            final Object keyBase, final long keyAddress, final int keyLength, final int offset, final int length) {
        assert inBounds(offset, length);
        return compare(keyBase, keyAddress, keyLength, null, address + offset, length);
    }

    /**
     * Order of two byte strings as unsigned bytes; a prefix of the other sorts first.
     *
     * @param a where the first is
     * @param aOffset where it begins
     * @param aLength its length
     * @param b where the second is
     * @param bOffset where it begins
     * @param bLength its length
     * @return negative, 0 or positive
     */
    public static int compare(
            final DirectBuffer a,
            final int aOffset,
            final int aLength,
            final DirectBuffer b,
            final int bOffset,
            final int bLength) {
        a.boundsCheck(aOffset, aLength);
        b.boundsCheck(bOffset, bLength);
        return compare(a.byteArray(), addressOf(a, aOffset), aLength, b.byteArray(), addressOf(b, bOffset), bLength);
    }

    /** The same, eight bytes at a time, for ranges that the caller has checked. */
    static int compare(
            final Object base,
            final long address,
            final int length,
            final Object otherBase,
            final long otherAddress,
            final int otherLength) {
        final int common = Math.min(length, otherLength);
        int i = 0;
        for (; i + WORD <= common; i += WORD) {
            final long mine = UnsafeApi.getLongUnaligned(base, address + i, true);
            final long theirs = UnsafeApi.getLongUnaligned(otherBase, otherAddress + i, true);
            if (mine != theirs) {
                return Long.compareUnsigned(mine, theirs);
            }
        }
        for (; i < common; i++) {
            final int mine = UnsafeApi.getByte(base, address + i) & 0xFF;
            final int theirs = UnsafeApi.getByte(otherBase, otherAddress + i) & 0xFF;
            if (mine != theirs) {
                return mine - theirs;
            }
        }
        return length - otherLength;
    }

    /** Order of a key against all keys with a prefix: 0 if it has the prefix itself. */
    static int compareToPrefix(final Object base, final long address, final int length, final byte[] prefix) {
        return compare(
                base, address, Math.min(length, prefix.length), prefix, BufferUtil.ARRAY_BASE_OFFSET, prefix.length);
    }

    /** The first four of the bytes as a number that orders as they do; missing ones count as zero. */
    static int leadingInt(final Object base, final long address, final int length) {
        if (length >= Integer.BYTES) {
            return UnsafeApi.getIntUnaligned(base, address, true);
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            value |= (UnsafeApi.getByte(base, address + i) & 0xFF) << (24 - 8 * i);
        }
        return value;
    }

    static long addressOf(final DirectBuffer buffer, final int offset) {
        return buffer.addressOffset() + offset;
    }

    private static boolean isAligned(final int offset) {
        return (offset & (WORD - 1)) == 0;
    }

    private boolean inBounds(final int offset, final int length) {
        if (lease.freed) {
            throw new IllegalStateException("use after free of native memory at offset " + offset);
        }
        if (offset < 0 || length < 0 || (long) offset + length > capacity) {
            throw new IllegalStateException("access to " + length + " bytes at offset " + offset + " of " + capacity
                    + " bytes of native memory");
        }
        return true;
    }

    /** Beyond this many bytes the JDK's copy routine is faster than a loop over words. */
    private static final int COPY_LOOP_MAX = 160;

    /** The system's memory behind a block; apart from the block, so that it can be freed when that is unreachable. */
    private static final class Lease implements Runnable {
        private final long start;
        private final long bytes;
        private final MemoryLedger ledger;
        private MemoryPurpose purpose;
        private volatile boolean freedByOwner;
        private volatile boolean freed;

        Lease(final long start, final long bytes, final MemoryPurpose purpose, final MemoryLedger ledger) {
            this.start = start;
            this.bytes = bytes;
            this.purpose = purpose;
            this.ledger = ledger;
        }

        synchronized void assign(final MemoryPurpose next) {
            if (!freed) {
                ledger.move(bytes, purpose, next);
                purpose = next;
            }
        }

        @Override
        public synchronized void run() {
            freed = true;
            assert poisoned();
            UnsafeApi.freeMemory(start);
            // Before it counts as no longer out: who finds that nothing is out finds all that was abandoned.
            if (!freedByOwner) {
                ledger.abandoned(bytes);
            }
            ledger.release(bytes, purpose);
        }

        private boolean poisoned() {
            UnsafeApi.setMemory(start, bytes, POISON);
            return true;
        }
    }
}
