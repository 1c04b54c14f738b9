package org.avccdb;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.read.EpochPins;
import org.avccdb.engine.read.Place;
import org.avccdb.engine.writer.WriteFront;

/**
 * What every write passes first: arguments, whether the database takes writes, and the count of calls in flight that a close
 * waits for.
 *
 * <p>Any thread.
 *
 * <ol>
 *   <li>Who is inside has seen the database open, and it stays so until all who are inside have left.
 * </ol>
 */
final class Writes {
    private static final byte[] NO_VALUE = new byte[0];

    private final WriteFront front;
    private final int maxValueBytes;
    private final boolean noMerge;
    /** Lets the background go on where it has no threads. */
    private final Runnable afterCall;

    private final EpochPins inside = new EpochPins();

    private volatile boolean closed;
    private volatile String readOnly;
    private volatile Thread transactionHolder;

    Writes(final WriteFront front, final Options options, final Runnable afterCall) {
        this.front = front;
        this.afterCall = afterCall;
        this.maxValueBytes = options.maxValueBytes();
        this.noMerge = options.noWriteMerge();
        if (options.readOnly()) {
            readOnly = "the database was opened read-only";
        }
    }

    long write(final int type, final byte[] key, final long version, final byte[] value, final WriteOptions options) {
        Arguments.checkKey(key);
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(options, "options");
        Arguments.checkValueLength(value.length, maxValueBytes);
        final ThreadViews views = ThreadViews.ofThread();
        final Place place = enter();
        try {
            return front.write(
                    type,
                    views.key(key),
                    0,
                    key.length,
                    version,
                    views.value(value),
                    0,
                    value.length,
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
            views.clear();
        }
    }

    long put(final byte[] key, final byte[] value, final long version, final WriteOptions options) {
        Arguments.checkVersion(version);
        return write(RecordType.PUT, key, version, value, options);
    }

    long delete(final byte[] key, final WriteOptions options) {
        return write(RecordType.KEY_DELETE, key, Versions.KEY_DELETE, NO_VALUE, options);
    }

    long deleteVersion(final byte[] key, final long version, final WriteOptions options) {
        Arguments.checkVersion(version);
        return write(RecordType.VERSION_DELETE, key, version, NO_VALUE, options);
    }

    long put(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version,
            final WriteOptions options) {
        checkPut(key, keyOffset, keyLength, value, valueOffset, valueLength, version, options);
        final Place place = enter();
        try {
            return front.write(
                    RecordType.PUT,
                    key,
                    keyOffset,
                    keyLength,
                    version,
                    value,
                    valueOffset,
                    valueLength,
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
        }
    }

    long delete(final DirectBuffer key, final int keyOffset, final int keyLength, final WriteOptions options) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Objects.requireNonNull(options, "options");
        final Place place = enter();
        try {
            return front.write(
                    RecordType.KEY_DELETE,
                    key,
                    keyOffset,
                    keyLength,
                    Versions.KEY_DELETE,
                    key,
                    keyOffset,
                    0,
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
        }
    }

    long write(final WriteBatch batch, final WriteOptions options) {
        checkBatch(batch, options);
        final Place place = enter();
        try {
            return front.write(
                    batch.buffer(),
                    batch.byteSize(),
                    batch.entries(),
                    batch.count(),
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
        }
    }

    long submitPut(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version,
            final WriteOptions options) {
        checkPut(key, keyOffset, keyLength, value, valueOffset, valueLength, version, options);
        final Place place = enter();
        try {
            return front.submit(
                    RecordType.PUT,
                    key,
                    keyOffset,
                    keyLength,
                    version,
                    value,
                    valueOffset,
                    valueLength,
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
        }
    }

    long submitPut(final byte[] key, final byte[] value, final long version, final WriteOptions options) {
        Arguments.checkKey(key);
        Objects.requireNonNull(value, "value");
        final ThreadViews views = ThreadViews.ofThread();
        try {
            return submitPut(views.key(key), 0, key.length, views.value(value), 0, value.length, version, options);
        } finally {
            views.clear();
        }
    }

    long submit(final WriteBatch batch, final WriteOptions options) {
        checkBatch(batch, options);
        final Place place = enter();
        try {
            return front.submit(
                    batch.buffer(),
                    batch.byteSize(),
                    batch.entries(),
                    batch.count(),
                    options.isSync(),
                    noMerge || options.isNoMerge());
        } finally {
            exit(place);
        }
    }

    void await(final long ticket) {
        final Place place = enterToWait();
        try {
            requireTickets(ticket);
            requireNotHeldBack(ticket);
            front.await(ticket);
        } finally {
            exit(place);
        }
    }

    void awaitDurable(final long ticket) {
        final Place place = enterToWait();
        try {
            requireTickets(ticket);
            requireNotHeldBack(ticket);
            front.awaitDurable(ticket);
        } finally {
            exit(place);
        }
    }

    private void requireTickets(final long ticket) {
        if (front == null) {
            throw new IllegalArgumentException(
                    "no write has the ticket " + ticket + ": the database was opened read-only");
        }
    }

    private void requireNotHeldBack(final long ticket) {
        if (transactionHolder == Thread.currentThread() && front.isPending(ticket)) {
            throw new IllegalStateException("this thread holds the open transaction, for which the write of the ticket "
                    + ticket + " waits: commit or discard it first");
        }
    }

    void checkBatch(final WriteBatch batch, final WriteOptions options) {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(options, "options");
        Arguments.checkValueLength(batch.largestValue(), maxValueBytes);
    }

    private void checkPut(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version,
            final WriteOptions options) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkRange("value", value, valueOffset, valueLength);
        Arguments.checkValueLength(valueLength, maxValueBytes);
        Arguments.checkVersion(version);
        Objects.requireNonNull(options, "options");
    }

    /** Enters to write; throws where that may not be. */
    Place enter() {
        final Place place = enterToWait();
        if (readOnly != null || transactionHolder != null) {
            try {
                requireWritable();
            } catch (final RuntimeException refused) {
                inside.exit(place);
                throw refused;
            }
        }
        return place;
    }

    /** Throws where no writes are accepted any more. */
    void requireNotReadOnly() {
        final String why = readOnly;
        if (why != null) {
            throw new ReadOnlyException(why);
        }
    }

    private void requireWritable() {
        requireNotReadOnly();
        if (transactionHolder == Thread.currentThread()) {
            throw new IllegalStateException("this thread holds the open transaction: write through that, or commit or "
                    + "discard it first; a write past it would wait for itself");
        }
    }

    /** Enters for a call that writes nothing itself. */
    Place enterToWait() {
        final Place place = inside.enter();
        if (closed) {
            inside.exit(place);
            throw new ClosedException("the database is closed");
        }
        return place;
    }

    void exit(final Place place) {
        afterCall.run();
        inside.exit(place);
    }

    /** Who has the open transaction: the thread that opened or last used it, or null. */
    void transactionHolder(final Thread holder) {
        transactionHolder = holder;
    }

    /** Refuses writes from now on. */
    void setReadOnly(final String why) {
        readOnly = why;
    }

    boolean isReadOnly() {
        return readOnly != null;
    }

    /** Refuses all calls from now on. */
    void refuse() {
        closed = true;
    }

    boolean isRefusing() {
        return closed;
    }

    /** Whether no call is under way but the caller's own. */
    boolean isEmpty() {
        return inside.isEmptyButForCaller();
    }

    /** Enters for a call that needs the database to be writable, though it changes no content. */
    Place enterForMaintenance() {
        final Place place = enterToWait();
        final String why = readOnly;
        if (why != null) {
            inside.exit(place);
            throw new ReadOnlyException(why);
        }
        return place;
    }
}
