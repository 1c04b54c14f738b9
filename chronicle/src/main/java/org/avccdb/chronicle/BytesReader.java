package org.avccdb.chronicle;

import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import org.avccdb.Reader;

/**
 * Reads values into {@code Bytes}: they are copied once, from where the database has them to where they are wanted.
 *
 * <p>Not thread-safe, as {@code Bytes} are not: each thread has a reader of its own, which is cheap. Keys and destinations stay
 * the caller's. What is asked stays the caller's too; there is nothing to close here.
 */
public final class BytesReader {
    private final Reader source;
    private final BytesView keyView = new BytesView();
    private final BytesView valueView = new BytesView();

    /**
     * A reader for one thread.
     *
     * @param source a database, a snapshot or a transaction; closed by the caller, later
     */
    public BytesReader(final Reader source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Appends the latest value of a key. Elastic {@code Bytes} grow where they have to; others throw, and are left as they
     * were, where the value does not fit.
     *
     * @param key whose; what it has to be read counts, and is not consumed
     * @param to takes the value, from its {@code writePosition} on
     * @return the value's length, or {@link Reader#NOT_FOUND}
     */
    public int get(final Bytes<?> key, final Bytes<?> to) {
        return getAsOf(key, Long.MAX_VALUE, to);
    }

    /**
     * Appends the value that was the latest as of a version, as {@link #get} does.
     *
     * @param key whose; what it has to be read counts, and is not consumed
     * @param version the highest version that counts; 0 for that of a plain put alone
     * @param to takes the value, from its {@code writePosition} on
     * @return the value's length, or {@link Reader#NOT_FOUND}
     */
    public int getAsOf(final Bytes<?> key, final long version, final Bytes<?> to) {
        keyView.showReadable(key);
        final long at = to.writePosition();
        valueView.showRoom(to, at);
        int length = copyAsOf(version);
        byte[] scratch = null;
        while (length > valueView.length()) {
            to.ensureCapacity(at + length);
            valueView.showRoom(to, at);
            scratch = valueView.length() < length ? valueView.showScratch(length) : null;
            // A longer value may have come meanwhile.
            length = copyAsOf(version);
        }
        if (length == Reader.NOT_FOUND) {
            return length;
        }
        if (scratch != null) {
            to.write(scratch, 0, length);
        } else {
            to.writePosition(at + length);
        }
        return length;
    }

    private int copyAsOf(final long version) {
        return source.getAsOf(keyView.buffer(), 0, keyView.length(), version, valueView.buffer(), 0);
    }
}
