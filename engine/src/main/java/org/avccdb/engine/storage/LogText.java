package org.avccdb.engine.storage;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;

/**
 * The database's LOG, for people: lines of text, the last of them in LOG and the ones before in LOG.old. It begins a new
 * LOG when it is opened, and when it gets too long.
 *
 * <p>Any thread may call; one lock guards it all. A database works without its LOG: once open, nothing here throws. Lines
 * that could not be written are counted, and the count is written when there is room again.
 */
public final class LogText implements AutoCloseable {
    static final long MAX_BYTES = 16L * 1024 * 1024;
    static final long ROOM_TO_GO_ON = 1024 * 1024;

    private final Storage storage;
    private AppendFile file;
    private long lost;
    private boolean full;
    private boolean closed;

    private LogText(final Storage storage) {
        this.storage = storage;
        begin();
    }

    /** Begins a new LOG; one that is there becomes LOG.old. */
    public static LogText open(final Storage storage) {
        return new LogText(storage);
    }

    /** Writes a line; it survives the death of the process. After {@link #close} it does nothing. */
    public synchronized void line(final String text) {
        if (closed) {
            return;
        }
        try {
            if (file == null && full && storage.freeBytes() >= ROOM_TO_GO_ON) {
                begin();
                full = false;
            } else if (file != null && file.length() >= MAX_BYTES) {
                file.close();
                begin();
            }
            if (file != null) {
                if (lost > 0) {
                    append("(" + lost + " lines could not be written)");
                }
                append(text);
                file.flush();
                lost = 0;
                return;
            }
        } catch (StorageException e) {
            full = e instanceof NoSpaceException;
            giveUp();
        }
        lost++;
    }

    /** Lines that are missing since the last one that was written. */
    public synchronized long lostLines() {
        return lost;
    }

    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
    }

    private void begin() {
        file = null;
        if (storage.exists(FileNames.LOG)) {
            storage.rename(FileNames.LOG, FileNames.LOG_OLD);
        }
        file = storage.create(FileNames.LOG);
    }

    private void append(final String text) {
        final byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        file.append(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private void giveUp() {
        final AppendFile old = file;
        file = null;
        if (old != null) {
            try {
                old.close();
            } catch (StorageException e) {
                // Every line was flushed or counted as lost, so nothing more is lost by this.
            }
        }
    }
}
