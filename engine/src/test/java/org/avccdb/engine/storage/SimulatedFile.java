package org.avccdb.engine.storage;

import java.util.ArrayList;
import java.util.List;

/** A file without its name: what a reader sees, what is durable, and the writes between the two. Guarded by the disk. */
final class SimulatedFile {
    /** Nothing waits in the process. */
    static final long ALL = Long.MAX_VALUE;

    /** A write that is not durable yet. */
    static final class Write {
        private final long time;
        private final long position;
        private final byte[] data;
        private final int length;

        Write(final long time, final long position, final byte[] data, final int length) {
            this.time = time;
            this.position = position;
            this.data = data;
            this.length = length;
        }

        long time() {
            return time;
        }

        long position() {
            return position;
        }

        /** Null: zeros. */
        byte[] data() {
            return data;
        }

        int length() {
            return length;
        }

        long end() {
            return position + length;
        }
    }

    final SparseBytes current;
    final SparseBytes durable;
    final List<Write> unsynced;

    /** What the operating system has of an appended file; the rest dies with the process. */
    long flushed;

    SimulatedFile() {
        this(new SparseBytes(), new SparseBytes(), List.of(), ALL);
    }

    private SimulatedFile(
            final SparseBytes current, final SparseBytes durable, final List<Write> unsynced, final long flushed) {
        this.current = current;
        this.durable = durable;
        this.unsynced = new ArrayList<>(unsynced);
        this.flushed = flushed;
    }

    /** A file all of whose content is durable. */
    static SimulatedFile settled(final SparseBytes content) {
        return new SimulatedFile(content, content.copy(), List.of(), ALL);
    }

    SimulatedFile copy() {
        return new SimulatedFile(current.copy(), durable.copy(), unsynced, flushed);
    }

    void write(final long time, final long position, final byte[] data) {
        current.write(position, data, 0, data.length);
        unsynced.add(new Write(time, position, data, data.length));
    }

    void extend(final long time, final int length) {
        unsynced.add(new Write(time, current.length(), null, length));
        current.setLength(current.length() + length);
    }

    void sync() {
        unsynced.forEach(write -> apply(durable, write));
        unsynced.clear();
        handOver();
    }

    /** The page cache forgets that these pages are dirty, and shows them all the same. */
    void loseUnsynced() {
        unsynced.clear();
        handOver();
    }

    /** All of it is with the operating system now. */
    void handOver() {
        if (flushed != ALL) {
            flushed = current.length();
        }
    }

    /** What was in the buffers of the process is gone. */
    void loseUnflushed() {
        if (flushed < current.length()) {
            current.setLength(Math.max(flushed, durable.length()));
            unsynced.removeIf(write -> write.position() >= flushed);
        }
        flushed = ALL;
    }

    static void apply(final SparseBytes target, final Write write) {
        if (write.data() == null) {
            target.setLength(Math.max(target.length(), write.end()));
        } else {
            target.write(write.position(), write.data(), 0, write.length());
        }
    }
}
