package org.avccdb.engine.storage;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;

/** What a simulated storage hands out. */
final class SimulatedHandles {
    /** Fills what was mapped once its file is closed. */
    static final byte POISON = (byte) 0xDB;

    private SimulatedHandles() {}

    abstract static class Handle implements SimulatedDisk.Handle {
        final SimulatedDisk disk;
        final SimulatedFile file;
        final String name;
        private boolean closed;

        Handle(final SimulatedDisk disk, final SimulatedFile file, final String name) {
            this.disk = disk;
            this.file = file;
            this.name = name;
            disk.handles.add(this);
        }

        public final String name() {
            return name;
        }

        @Override
        public final SimulatedFile file() {
            return file;
        }

        @Override
        public final String describe() {
            return getClass().getSimpleName() + " " + name;
        }

        final void checkOpen() {
            synchronized (disk) {
                if (closed) {
                    throw new IllegalStateException(name + " is closed");
                }
            }
        }

        public final void close() {
            synchronized (disk) {
                if (!closed) {
                    closed = true;
                    disk.handles.remove(this);
                    onClose();
                }
            }
        }

        abstract void onClose();

        final void syncFile() {
            checkOpen();
            disk.perform(Operation.SYNC, name, fault -> {
                if (fault == FaultKind.FAILED_SYNC) {
                    file.loseUnsynced();
                }
                SimulatedDisk.failIf(fault, Operation.SYNC, name);
                file.sync();
                return null;
            });
        }

        /** Writes as much as the fault lets through. */
        final void write(
                final Operation operation,
                final FaultKind fault,
                final long position,
                final DirectBuffer source,
                final int offset,
                final int length) {
            final byte[] data = new byte[fault == null ? length : fault == FaultKind.SHORT_WRITE ? length / 2 : 0];
            source.getBytes(offset, data);
            if (data.length > 0) {
                file.write(disk.tick(), position, data);
            }
            SimulatedDisk.failIf(fault, operation, name);
        }
    }

    static final class Append extends Handle implements AppendFile {
        Append(final SimulatedDisk disk, final SimulatedFile file, final String name) {
            super(disk, file, name);
            file.flushed = 0;
        }

        @Override
        public void append(final DirectBuffer source, final int offset, final int length) {
            checkOpen();
            source.boundsCheck(offset, length);
            disk.perform(Operation.APPEND, name, fault -> {
                final int part = (int) Math.min(length, disk.freeBytes());
                write(Operation.APPEND, fault, file.current.length(), source, offset, part);
                if (part < length) {
                    throw new NoSpaceException("cannot append " + length + " bytes to " + name + ": the disk is full");
                }
                return null;
            });
        }

        @Override
        public long length() {
            synchronized (disk) {
                return file.current.length();
            }
        }

        @Override
        public void flush() {
            checkOpen();
            disk.perform(Operation.FLUSH, name, fault -> {
                SimulatedDisk.failIf(fault, Operation.FLUSH, name);
                file.handOver();
                return null;
            });
        }

        @Override
        public void sync() {
            syncFile();
        }

        @Override
        void onClose() {
            file.flushed = SimulatedFile.ALL;
        }
    }

    static final class Log extends Handle implements LogFile {
        private final int length;

        Log(final SimulatedDisk disk, final SimulatedFile file, final String name) {
            super(disk, file, name);
            length = Math.toIntExact(file.current.length());
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public void write(final int position, final DirectBuffer source, final int offset, final int length) {
            checkOpen();
            source.boundsCheck(offset, length);
            if ((position | length) < 0 || length > this.length - position) {
                throw new IndexOutOfBoundsException(length + " bytes at " + position + " of " + name);
            }
            disk.perform(Operation.WRITE, name, fault -> {
                write(Operation.WRITE, fault, position, source, offset, length);
                return null;
            });
        }

        @Override
        public void sync() {
            syncFile();
        }

        @Override
        void onClose() {
            // Nothing waits in the process.
        }
    }

    static final class Read extends Handle implements ReadFile {
        private final long length;
        private final List<WeakReference<byte[]>> mapped = new ArrayList<>();

        Read(final SimulatedDisk disk, final SimulatedFile file, final String name) {
            super(disk, file, name);
            length = file.current.length();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void read(final long position, final ByteBuffer target) {
            checkInside(position, target.remaining());
            disk.perform(Operation.READ, name, fault -> {
                SimulatedDisk.failIf(fault, Operation.READ, name);
                target.put(file.current.read(position, target.remaining()));
                return null;
            });
        }

        @Override
        public DirectBuffer map(final long position, final int length) {
            checkInside(position, length);
            if (length > MAX_MAP_BYTES) {
                throw new IllegalArgumentException(length + " bytes of " + name);
            }
            return disk.perform(Operation.MAP, name, fault -> {
                SimulatedDisk.failIf(fault, Operation.MAP, name);
                final byte[] copy = file.current.read(position, length);
                mapped.removeIf(reference -> reference.get() == null);
                mapped.add(new WeakReference<>(copy));
                return new UnsafeBuffer(ByteBuffer.wrap(copy));
            });
        }

        private void checkInside(final long position, final int length) {
            checkOpen();
            if (position < 0 || length < 0 || position > this.length - length) {
                throw new StorageException(
                        length + " bytes at " + position + " of " + name + ": it has " + this.length);
            }
        }

        @Override
        void onClose() {
            for (final WeakReference<byte[]> reference : mapped) {
                final byte[] bytes = reference.get();
                if (bytes != null) {
                    Arrays.fill(bytes, POISON);
                }
            }
        }
    }

    static final class Lock extends Handle implements Storage.DirectoryLock {
        private final SimulatedDirectory directory;
        private final boolean shared;

        Lock(final SimulatedDisk disk, final SimulatedDirectory directory, final String name, final boolean shared) {
            super(disk, null, name);
            this.directory = directory;
            this.shared = shared;
        }

        @Override
        void onClose() {
            if (shared) {
                directory.sharedLocks--;
            } else {
                directory.locked = false;
            }
        }
    }
}
