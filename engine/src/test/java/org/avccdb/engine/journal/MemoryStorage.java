package org.avccdb.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.LogFile;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;

/** Files in memory that can lose what was not synced, in any way a disk can, and refuse what they are told to. */
final class MemoryStorage implements Storage {
    static final class MemoryFile {
        byte[] content;
        byte[] durable;

        MemoryFile(final int length) {
            content = new byte[length];
            durable = new byte[0];
        }
    }

    private record Renaming(String from, String to) {}

    private final Map<String, MemoryFile> files = new TreeMap<>();
    private final Map<String, MemoryFile> durableFiles = new TreeMap<>();
    private final List<Runnable> unsyncedDirectory = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private volatile String refused = "";
    private final List<String> syncs = Collections.synchronizedList(new ArrayList<>());
    private final List<String> unmapped = Collections.synchronizedList(new ArrayList<>());
    private Consumer<String> duringSync = name -> {};

    /** Operations whose description ("sync 000001.journal", "create", "sync directory") begins so fail from now on. */
    void refuse(final String operations) {
        refused = operations;
    }

    int syncs() {
        return syncs.size();
    }

    /** Names of the files that were synced, or were to be. */
    List<String> synced() {
        return syncs;
    }

    /** Names of the logs that were taken out of memory. */
    List<String> unmapped() {
        return unmapped;
    }

    /** Is called with the file's name inside each sync of it. */
    void duringSync(final Consumer<String> call) {
        duringSync = call;
    }

    synchronized byte[] content(final String name) {
        return files.get(name).content;
    }

    synchronized void put(final String name, final byte[] content) {
        final MemoryFile file = new MemoryFile(0);
        file.content = content.clone();
        file.durable = content.clone();
        files.put(name, file);
        durableFiles.put(name, file);
    }

    synchronized MemoryStorage copy() {
        final MemoryStorage copy = new MemoryStorage();
        files.forEach((name, file) -> copy.put(name, file.content));
        return copy;
    }

    /** What is there after the power has failed: of each unit of what was not synced, either the old or the new content. */
    synchronized MemoryStorage powerCut(final Random random, final int unit) {
        final Map<String, MemoryFile> names = new TreeMap<>(durableFiles);
        final Map<String, MemoryFile> kept = new TreeMap<>(files);
        files.clear();
        files.putAll(names);
        for (final Runnable operation : unsyncedDirectory) {
            if (random.nextBoolean()) {
                operation.run();
            }
        }
        final MemoryStorage after = new MemoryStorage();
        files.forEach((name, file) -> after.put(name, halfWritten(file, random, unit)));
        files.clear();
        files.putAll(kept);
        return after;
    }

    private static byte[] halfWritten(final MemoryFile file, final Random random, final int unit) {
        final int more = file.content.length - file.durable.length;
        final int length = random.nextBoolean() ? file.content.length : file.durable.length + random.nextInt(more + 1);
        final byte[] result = Arrays.copyOf(file.durable, length);
        final int newOf8 = random.nextInt(9);
        for (int at = 0; at < result.length; at += unit) {
            if (random.nextInt(8) < newOf8) {
                System.arraycopy(file.content, at, result, at, Math.min(unit, result.length - at));
            }
        }
        return result;
    }

    private void check(final String operation) {
        if (!refused.isEmpty() && operation.startsWith(refused)) {
            throw new StorageException("refused: " + operation);
        }
    }

    synchronized Set<String> openFiles() {
        return Set.copyOf(open);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public AppendFile create(final String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized LogFile createLog(final String name, final int length) {
        check("create " + name);
        final MemoryFile file = new MemoryFile(length);
        files.put(name, file);
        unsyncedDirectory.add(() -> files.put(name, file));
        return new MemoryLog(name, file);
    }

    @Override
    public synchronized LogFile recycleLog(final String oldName, final String newName) {
        check("recycle " + oldName);
        if (!oldName.equals(newName)) {
            rename(oldName, newName);
        }
        return new MemoryLog(newName, files.get(newName));
    }

    @Override
    public synchronized ReadFile open(final String name) {
        check("open " + name);
        return new MemoryRead(name, files.get(name).content);
    }

    @Override
    public synchronized void rename(final String oldName, final String newName) {
        check("rename " + oldName);
        rename(new Renaming(oldName, newName));
        unsyncedDirectory.add(() -> rename(new Renaming(oldName, newName)));
    }

    private void rename(final Renaming renaming) {
        final MemoryFile file = files.remove(renaming.from());
        if (file != null) {
            files.put(renaming.to(), file);
        }
    }

    @Override
    public synchronized void delete(final String name) {
        check("delete " + name);
        if (files.remove(name) == null) {
            throw new StorageException("no file " + name);
        }
        unsyncedDirectory.add(() -> files.remove(name));
    }

    @Override
    public synchronized boolean exists(final String name) {
        return files.containsKey(name);
    }

    @Override
    public synchronized long length(final String name) {
        return files.get(name).content.length;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized void syncDirectory() {
        check("sync directory");
        unsyncedDirectory.clear();
        durableFiles.clear();
        durableFiles.putAll(files);
    }

    @Override
    public long freeBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public DirectoryLock lock(final boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void linkOrCopy(final String name, final Storage target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Storage directory(final String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private final class MemoryLog implements LogFile {
        private final String name;
        private final MemoryFile file;
        private final UnsafeBuffer buffer;
        private volatile boolean left;
        private boolean closed;

        MemoryLog(final String name, final MemoryFile file) {
            this.name = name;
            this.file = file;
            this.buffer = new UnsafeBuffer(file.content);
            if (!open.add(name)) {
                throw new IllegalStateException(name + " is open already");
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int length() {
            return buffer.capacity();
        }

        @Override
        public void write(final int position, final DirectBuffer source, final int offset, final int length) {
            requireOpen();
            if (!refused.isEmpty()) {
                check("write " + name);
            }
            buffer.putBytes(position, source, offset, length);
        }

        @Override
        public void leave() {
            left = true;
        }

        @Override
        public void unmap() {
            requireOpen();
            if (!left) {
                throw new IllegalStateException(name + " is written to through its mapping");
            }
            unmapped.add(name);
        }

        @Override
        public void sync() {
            requireOpen();
            syncs.add(name);
            duringSync.accept(name);
            check("sync " + name);
            file.durable = file.content.clone();
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException(name + " is closed");
            }
        }

        @Override
        public void close() {
            synchronized (MemoryStorage.this) {
                if (!closed) {
                    closed = true;
                    open.remove(name);
                }
            }
        }
    }

    private final class MemoryRead implements ReadFile {
        private final String name;
        private final byte[] content;
        private boolean closed;

        MemoryRead(final String name, final byte[] content) {
            this.name = name;
            this.content = content;
            open.add(name + " read");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void read(final long position, final ByteBuffer target) {
            target.put(content, (int) position, target.remaining());
        }

        @Override
        public DirectBuffer map(final long position, final int length) {
            return new UnsafeBuffer(Arrays.copyOfRange(content, (int) position, (int) position + length));
        }

        @Override
        public void close() {
            synchronized (MemoryStorage.this) {
                if (!closed) {
                    closed = true;
                    open.remove(name + " read");
                }
            }
        }
    }
}
