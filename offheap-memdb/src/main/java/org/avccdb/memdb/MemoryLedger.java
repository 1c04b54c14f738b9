package org.avccdb.memdb;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The account of native memory: how many bytes are out, and for what.
 *
 * <p>Any thread may call any method. All memory is taken through a ledger, so its total is zero exactly when nothing is
 * leaked.
 *
 * <ol>
 *   <li>The total never passes the limit: room is reserved in the total before memory is asked of the system.
 *   <li>The accounts of the purposes add up to the total whenever no call is under way.
 * </ol>
 */
public final class MemoryLedger {
    private static final MemoryLedger PROCESS = new MemoryLedger(Long.MAX_VALUE);

    private final long limitBytes;
    private final AllocationGuard guard;
    private final Map<MemoryPurpose, AtomicLong> accounts = new EnumMap<>(MemoryPurpose.class);
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();

    /** Asked before each allocation; throws to refuse it. */
    @FunctionalInterface
    interface AllocationGuard {
        void admit(MemoryPurpose purpose, long bytes);
    }

    /**
     * A ledger of its own.
     *
     * @param limitBytes most bytes that may be out at once
     */
    public MemoryLedger(final long limitBytes) {
        this(limitBytes, (purpose, bytes) -> {});
    }

    MemoryLedger(final long limitBytes, final AllocationGuard guard) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("limitBytes must not be negative: " + limitBytes);
        }
        this.limitBytes = limitBytes;
        this.guard = guard;
        for (final MemoryPurpose purpose : MemoryPurpose.values()) {
            accounts.put(purpose, new AtomicLong());
        }
    }

    /**
     * The ledger that is used where no other is given.
     *
     * @return the one of this process, without a limit
     */
    public static MemoryLedger process() {
        return PROCESS;
    }

    /**
     * Takes native memory. Its content is undefined.
     *
     * @param bytes how much
     * @param purpose the account that it goes to
     * @return the memory, to be freed by the caller
     * @throws OutOfNativeMemoryException if the limit is reached or the system has no more
     */
    public NativeMemory allocate(final int bytes, final MemoryPurpose purpose) {
        guard.admit(purpose, bytes);
        return NativeMemory.allocate(bytes, purpose, this);
    }

    /**
     * Bytes out for one purpose.
     *
     * @param purpose the account
     * @return its balance
     */
    public long bytes(final MemoryPurpose purpose) {
        return account(purpose).get();
    }

    /**
     * Bytes out for all purposes together.
     *
     * @return the balance of the whole ledger
     */
    public long totalBytes() {
        return total.get();
    }

    /**
     * Bytes that nobody freed and that the garbage collector found: each is a missing {@code close}.
     *
     * @return the sum since the ledger was made; these bytes are no longer out
     */
    public long abandonedBytes() {
        return abandoned.get();
    }

    /**
     * Counts memory that was, or will be, taken from the system by other means, such as a direct byte buffer.
     *
     * @param bytes how much
     * @param purpose the account that it goes to
     * @throws OutOfNativeMemoryException if the limit is reached
     */
    public void reserve(final long bytes, final MemoryPurpose purpose) {
        final long after = total.addAndGet(bytes);
        if (after > limitBytes) {
            total.addAndGet(-bytes);
            throw new OutOfNativeMemoryException("no room for " + bytes + " bytes of " + purpose + ": "
                    + (after - bytes) + " of " + limitBytes + " bytes are out; close what is no longer used or raise "
                    + "the limit");
        }
        account(purpose).addAndGet(bytes);
    }

    /**
     * Takes back a {@link #reserve}.
     *
     * @param bytes how much
     * @param purpose the account that it went to
     */
    public void release(final long bytes, final MemoryPurpose purpose) {
        account(purpose).addAndGet(-bytes);
        total.addAndGet(-bytes);
    }

    void move(final long bytes, final MemoryPurpose from, final MemoryPurpose to) {
        account(from).addAndGet(-bytes);
        account(to).addAndGet(bytes);
    }

    private AtomicLong account(final MemoryPurpose purpose) {
        return accounts.get(purpose);
    }

    void abandoned(final long bytes) {
        abandoned.addAndGet(bytes);
    }

    @Override
    public String toString() {
        final StringBuilder text =
                new StringBuilder("native memory: ").append(totalBytes()).append(" bytes");
        for (final MemoryPurpose purpose : MemoryPurpose.values()) {
            text.append(", ").append(purpose).append(' ').append(bytes(purpose));
        }
        return text.append(", abandoned ").append(abandonedBytes()).toString();
    }
}
