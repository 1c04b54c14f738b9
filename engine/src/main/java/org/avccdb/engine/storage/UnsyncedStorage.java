package org.avccdb.engine.storage;

import java.util.List;
import org.agrona.DirectBuffer;

/** Another storage, but for syncs, which it leaves out: for whoever would rather be fast than safe from loss of power. */
public final class UnsyncedStorage implements Storage {
    private final Storage storage;

    public UnsyncedStorage(final Storage storage) {
        this.storage = storage;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public AppendFile create(final String name) {
        return new UnsyncedAppendFile(storage.create(name));
    }

    @Override
    public LogFile createLog(final String name, final int length) {
        return new UnsyncedLogFile(storage.createLog(name, length));
    }

    @Override
    public LogFile recycleLog(final String oldName, final String newName) {
        return new UnsyncedLogFile(storage.recycleLog(oldName, newName));
    }

    @Override
    public ReadFile open(final String name) {
        return storage.open(name);
    }

    @Override
    public void rename(final String oldName, final String newName) {
        storage.rename(oldName, newName);
    }

    @Override
    public void delete(final String name) {
        storage.delete(name);
    }

    @Override
    public boolean exists(final String name) {
        return storage.exists(name);
    }

    @Override
    public long length(final String name) {
        return storage.length(name);
    }

    @Override
    public List<String> list() {
        return storage.list();
    }

    @Override
    public void syncDirectory() {}

    @Override
    public long freeBytes() {
        return storage.freeBytes();
    }

    @Override
    public DirectoryLock lock(final boolean shared) {
        return storage.lock(shared);
    }

    @Override
    public void linkOrCopy(final String name, final Storage target) {
        storage.linkOrCopy(name, target);
    }

    @Override
    public Storage directory(final String path) {
        return storage.directory(path);
    }

    @Override
    public void close() {
        storage.close();
    }

    private record UnsyncedAppendFile(AppendFile file) implements AppendFile {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public void append(final DirectBuffer source, final int offset, final int length) {
            file.append(source, offset, length);
        }

        @Override
        public void flush() {
            file.flush();
        }

        @Override
        public long length() {
            return file.length();
        }

        /** Other programs, and other ways of reading here, see what was appended all the same. */
        @Override
        public void sync() {
            file.flush();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    private record UnsyncedLogFile(LogFile file) implements LogFile {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public int length() {
            return file.length();
        }

        @Override
        public void write(final int position, final DirectBuffer source, final int offset, final int length) {
            file.write(position, source, offset, length);
        }

        @Override
        public void leave() {
            file.leave();
        }

        @Override
        public void unmap() {
            file.unmap();
        }

        @Override
        public void sync() {}

        @Override
        public void close() {
            file.close();
        }
    }
}
