package org.avccdb;

import java.util.Arrays;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;

/**
 * Operations that are written together: a reader, a snapshot or a recovery sees all of them or none. The last operation on a
 * key and version wins.
 *
 * <p>It is checked as it is filled: an operation with a bad argument throws and leaves the batch as it was. Arguments are
 * copied. Writing a batch does not change it; it may be written again, or be cleared and filled anew, for which it keeps its
 * memory.
 *
 * <p>Not thread-safe, and not to be changed by another thread while it is being written; it may be as soon as the
 * {@code write} or {@code submit} returns.
 */
public final class WriteBatch {
    private static final int INITIAL_BYTES = 256;
    private static final int NO_POSITION = -1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[INITIAL_BYTES]);
    private int size;
    private int count;
    private int largestValue;
    private int positionOffset = NO_POSITION;

    /** Sees the operations of a batch, in their order. */
    public interface Handler {
        /**
         * A value was put.
         *
         * @param key the key
         * @param value the value
         * @param version the version, 0 for a plain put
         */
        void put(byte[] key, byte[] value, long version);

        /**
         * A key was deleted.
         *
         * @param key the key
         */
        void delete(byte[] key);

        /**
         * A version was deleted.
         *
         * @param key the key
         * @param version the version, 0 for that of a plain put
         */
        void deleteVersion(byte[] key, long version);

        /**
         * The batch carries a number of its writer's; called once at most.
         *
         * @param position the number
         */
        default void appliedPosition(final long position) {}
    }

    /** An empty batch. */
    public WriteBatch() {}

    /**
     * Puts a plain value.
     *
     * @param key the key
     * @param value the value
     */
    public void put(final byte[] key, final byte[] value) {
        putWithVersion(key, value, Versions.PLAIN);
    }

    /**
     * Puts a value as a version.
     *
     * @param key the key
     * @param value the value
     * @param version the version; 0 for a plain put
     */
    public void putWithVersion(final byte[] key, final byte[] value, final long version) {
        Arguments.checkKey(key);
        Objects.requireNonNull(value, "value");
        Arguments.checkVersion(version);
        final int offset = add(RecordType.PUT, key.length, value.length, version);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key);
        buffer.putBytes(EntryDescriptor.keyOffset(offset) + key.length, value);
    }

    /**
     * Puts a value as a version, without garbage.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param version the version; 0 for a plain put
     */
    public void put(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkRange("value", value, valueOffset, valueLength);
        Arguments.checkVersion(version);
        final int offset = add(RecordType.PUT, keyLength, valueLength, version);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key, keyOffset, keyLength);
        buffer.putBytes(EntryDescriptor.keyOffset(offset) + keyLength, value, valueOffset, valueLength);
    }

    /**
     * Deletes a key with all its versions.
     *
     * @param key the key
     */
    public void delete(final byte[] key) {
        Arguments.checkKey(key);
        final int offset = add(RecordType.KEY_DELETE, key.length, 0, Versions.KEY_DELETE);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key);
    }

    /**
     * Deletes a key with all its versions, without garbage.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     */
    public void delete(final DirectBuffer key, final int keyOffset, final int keyLength) {
        Arguments.checkKey(key, keyOffset, keyLength);
        final int offset = add(RecordType.KEY_DELETE, keyLength, 0, Versions.KEY_DELETE);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key, keyOffset, keyLength);
    }

    /**
     * Deletes one version of a key.
     *
     * @param key the key
     * @param version the version; 0 for that of a plain put
     */
    public void deleteVersion(final byte[] key, final long version) {
        Arguments.checkKey(key);
        Arguments.checkVersion(version);
        final int offset = add(RecordType.VERSION_DELETE, key.length, 0, version);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key);
    }

    /**
     * Deletes one version of a key, without garbage.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version the version; 0 for that of a plain put
     */
    public void deleteVersion(final DirectBuffer key, final int keyOffset, final int keyLength, final long version) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkVersion(version);
        final int offset = add(RecordType.VERSION_DELETE, keyLength, 0, version);
        buffer.putBytes(EntryDescriptor.keyOffset(offset), key, keyOffset, keyLength);
    }

    /**
     * Stores a number of the caller's with the batch, such as the position of a replicated log that the batch brings the
     * database to. A batch carries one: the last one given.
     *
     * @param position the number, not negative
     */
    public void appliedPosition(final long position) {
        if (position < 0) {
            throw new IllegalArgumentException("a position is 0 to " + Long.MAX_VALUE + ", not " + position);
        }
        if (positionOffset == NO_POSITION) {
            positionOffset = reserve(EntryDescriptor.HEADER_LENGTH);
        }
        EntryDescriptor.putHeader(buffer, positionOffset, RecordType.POSITION, 0, 0, position);
    }

    /**
     * Adds the operations of another batch behind those of this one. Its position, if it carries one, replaces this one's.
     *
     * @param other the other batch, which stays as it is; may be this one
     */
    public void append(final WriteBatch other) {
        final int begin = Objects.requireNonNull(other, "other").size;
        final boolean repeatsPosition = positionOffset != NO_POSITION && other.positionOffset != NO_POSITION;
        final int target = reserve(repeatsPosition ? begin - EntryDescriptor.HEADER_LENGTH : begin);
        count += other.count;
        largestValue = Math.max(largestValue, other.largestValue);
        if (repeatsPosition) {
            final int before = other.positionOffset;
            final int behind = before + EntryDescriptor.HEADER_LENGTH;
            buffer.putBytes(target, other.buffer, 0, before);
            buffer.putBytes(target + before, other.buffer, behind, begin - behind);
            appliedPosition(EntryDescriptor.version(other.buffer, before));
        } else {
            buffer.putBytes(target, other.buffer, 0, begin);
            if (other.positionOffset != NO_POSITION) {
                positionOffset = target + other.positionOffset;
            }
        }
    }

    /**
     * How many entries the {@link #buffer} has, the applied position included; for the engine.
     *
     * @return {@link #count}, and one more where there is a position
     */
    public int entries() {
        return positionOffset == NO_POSITION ? count : count + 1;
    }

    /** Makes the batch empty. It keeps its memory. */
    public void clear() {
        size = 0;
        count = 0;
        largestValue = 0;
        positionOffset = NO_POSITION;
    }

    /**
     * How many operations there are; a position is none.
     *
     * @return their number
     */
    public int count() {
        return count;
    }

    /**
     * What the batch takes in the journal, but for a few bytes around it.
     *
     * @return bytes of keys and values, with 16 more for each operation
     */
    public int byteSize() {
        return size;
    }

    /**
     * Shows the operations in their order.
     *
     * @param handler sees them; it must not change the batch. What it throws ends the replay and reaches the caller.
     */
    public void replay(final Handler handler) {
        Objects.requireNonNull(handler, "handler");
        for (int offset = 0; offset < size; offset = EntryDescriptor.end(buffer, offset)) {
            final long version = EntryDescriptor.version(buffer, offset);
            switch (EntryDescriptor.type(buffer, offset)) {
                case RecordType.PUT -> handler.put(keyAt(offset), valueAt(offset), version);
                case RecordType.KEY_DELETE -> handler.delete(keyAt(offset));
                case RecordType.VERSION_DELETE -> handler.deleteVersion(keyAt(offset), version);
                default -> handler.appliedPosition(version);
            }
        }
    }

    /**
     * For the engine: the operations as they go to the journal, in the first {@link #byteSize} bytes.
     *
     * @return the batch's own memory, not to be written to; it shows other memory once the batch has grown
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * For the engine: the length of the longest value that is or was in the batch since it was cleared.
     *
     * @return its length, 0 where there is no value
     */
    public int largestValue() {
        return largestValue;
    }

    private byte[] keyAt(final int offset) {
        return copy(EntryDescriptor.keyOffset(offset), EntryDescriptor.keyLength(buffer, offset));
    }

    private byte[] valueAt(final int offset) {
        return copy(EntryDescriptor.valueOffset(buffer, offset), EntryDescriptor.valueLength(buffer, offset));
    }

    private byte[] copy(final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /** Room for an operation, with its header filled in; returns where. */
    private int add(final int type, final int keyLength, final int valueLength, final long version) {
        final int offset = reserve(EntryDescriptor.length(keyLength, valueLength));
        EntryDescriptor.putHeader(buffer, offset, type, keyLength, valueLength, version);
        count++;
        largestValue = Math.max(largestValue, valueLength);
        return offset;
    }

    /** Makes the batch longer and returns where the new part begins. Throws before anything has changed. */
    private int reserve(final long bytes) {
        final long needed = size + bytes;
        if (needed > Limits.MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("a batch has at most " + Limits.MAX_BATCH_BYTES
                    + " bytes; with this one more operation or batch it would have " + needed);
        }
        if (needed > buffer.capacity()) {
            final long doubled = Math.min(2L * buffer.capacity(), Limits.MAX_BATCH_BYTES);
            buffer.wrap(Arrays.copyOf(buffer.byteArray(), (int) Math.max(needed, doubled)));
        }
        final int offset = size;
        size = (int) needed;
        return offset;
    }

    @Override
    public String toString() {
        return "WriteBatch[" + count + " operations, " + size + " bytes]";
    }
}
