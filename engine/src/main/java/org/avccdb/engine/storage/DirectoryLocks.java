package org.avccdb.engine.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import org.avccdb.LockedException;

/**
 * The locks that this process holds on directories. The operating system keeps other processes out, but knows a process as
 * a whole only: it would grant this one a second lock, and takes the first away when any channel to the lock's file is
 * closed. So there is one channel for each directory, which all holders of a shared lock have in common.
 *
 * <p>Any thread may call; one lock guards it all. Directories are told apart by what the file system calls them, whatever
 * path leads there.
 */
final class DirectoryLocks {
    private static final Map<Object, Held> HELD = new HashMap<>();

    /** One locked directory. */
    private static final class Held {
        private final FileChannel channel;
        private final boolean shared;
        private int holders = 1;

        /** Channel null: nobody can write there, and so nobody is kept out. */
        Held(final FileChannel channel, final boolean shared) {
            this.channel = channel;
            this.shared = shared;
        }
    }

    private DirectoryLocks() {}

    static Storage.DirectoryLock lock(final Path directory, final boolean shared, final FileAttribute<?>[] attributes) {
        final Path file = directory.resolve(FileNames.LOCK);
        try {
            final Object key = key(directory);
            synchronized (HELD) {
                final Held held = HELD.get(key);
                if (held == null) {
                    HELD.put(key, new Held(Uninterrupted.call(() -> acquire(file, shared, attributes)), shared));
                } else if (shared && held.shared) {
                    held.holders++;
                } else {
                    throw new LockedException(directory + " is open in this process already");
                }
            }
            return new Handle(key, file);
        } catch (IOException e) {
            throw StorageErrors.of("lock", file, e);
        }
    }

    private static Object key(final Path directory) throws IOException {
        final Object key =
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return key == null ? directory.toRealPath() : key;
    }

    private static FileChannel acquire(final Path file, final boolean shared, final FileAttribute<?>[] attributes)
            throws IOException {
        final FileChannel channel = open(file, shared, attributes);
        if (channel == null) {
            return null;
        }
        try {
            final FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LockedException(file + " is locked by this process, but not as a database", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new LockedException(file + " is locked: another process has the database open");
    }

    private static FileChannel open(final Path file, final boolean shared, final FileAttribute<?>[] attributes)
            throws IOException {
        try {
            Files.createFile(file, attributes);
        } catch (IOException e) {
            if (!Files.exists(file)) {
                // Nothing can be written here: whoever only reads needs no lock.
                if (shared) {
                    return null;
                }
                throw e;
            }
        }
        return shared
                ? FileChannel.open(file, StandardOpenOption.READ)
                : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static final class Handle implements Storage.DirectoryLock {
        private final Object key;
        private final Path file;
        private boolean released;

        Handle(final Object key, final Path file) {
            this.key = key;
            this.file = file;
        }

        @Override
        public void close() {
            synchronized (HELD) {
                if (released) {
                    return;
                }
                released = true;
                final Held held = HELD.get(key);
                held.holders--;
                if (held.holders > 0) {
                    return;
                }
                HELD.remove(key);
                try {
                    if (held.channel != null) {
                        held.channel.close();
                    }
                } catch (IOException e) {
                    throw StorageErrors.of("unlock", file, e);
                }
            }
        }
    }
}
