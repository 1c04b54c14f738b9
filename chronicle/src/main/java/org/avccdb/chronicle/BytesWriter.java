package org.avccdb.chronicle;

import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import org.avccdb.AvccDb;
import org.avccdb.WriteOptions;

/**
 * Writes keys and values that are in {@code Bytes}. What counts is what they have to be read, from {@code readPosition} to
 * {@code readLimit}; it is not consumed. The database takes it from where it is, without a copy in between, where it is in
 * native memory or in an array.
 *
 * <p>Not thread-safe, as {@code Bytes} are not: each thread has a writer of its own, which is cheap. The {@code Bytes} stay the
 * caller's, who may change or release them as soon as a call returns, but not before. The database stays the caller's too; there
 * is nothing to close here.
 */
public final class BytesWriter {
    private final AvccDb db;
    private final BytesView keyView = new BytesView();
    private final BytesView valueView = new BytesView();

    /**
     * A writer for one thread.
     *
     * @param db where it writes; closed by the caller, later
     */
    public BytesWriter(final AvccDb db) {
        this.db = Objects.requireNonNull(db, "db");
    }

    /**
     * Writes a value.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return the sequence number of the record
     */
    public long put(final Bytes<?> key, final Bytes<?> value, final long version, final WriteOptions options) {
        keyView.showReadable(key);
        valueView.showReadable(value);
        return db.put(
                keyView.buffer(), 0, keyView.length(), valueView.buffer(), 0, valueView.length(), version, options);
    }

    /**
     * Hands a write over and goes on; it waits only where the queue is full.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return a ticket for {@link AvccDb#await} and {@link AvccDb#awaitDurable}
     */
    public long submitPut(final Bytes<?> key, final Bytes<?> value, final long version, final WriteOptions options) {
        keyView.showReadable(key);
        valueView.showReadable(value);
        return db.submitPut(
                keyView.buffer(), 0, keyView.length(), valueView.buffer(), 0, valueView.length(), version, options);
    }

    /**
     * Deletes a key: hides all that was written for it before.
     *
     * @param key which
     * @param options how durable
     * @return the sequence number of the record
     */
    public long delete(final Bytes<?> key, final WriteOptions options) {
        keyView.showReadable(key);
        return db.delete(keyView.buffer(), 0, keyView.length(), options);
    }
}
