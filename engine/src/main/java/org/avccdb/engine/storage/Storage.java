package org.avccdb.engine.storage;

import java.util.List;

/**
 * One directory of files, as the engine needs it. Names are plain file names without a path ({@link FileNames}).
 *
 * <p>Any thread may call any method; the files it hands out say for themselves. Every failure of the operating system is an
 * {@link org.avccdb.StorageException} that names file, operation and cause, and a {@link org.avccdb.NoSpaceException} where
 * the device is full. No call is cut short by an interrupt of the calling thread, which keeps its flag. The lock's file is
 * for {@link #lock} alone: it cannot be opened, created, renamed or deleted.
 *
 * <p>What is durable: the content of a file after its {@code sync}; that a file exists under its name, or no longer does,
 * after {@link #syncDirectory}.
 */
public interface Storage extends AutoCloseable {
    /** Where this is, for messages: an absolute path. */
    String location();

    /** A new, empty file to append to; an old one of this name is replaced. */
    AppendFile create(String name);

    /**
     * A new file of this length, full of zeros for which there is room, so that writing to it needs no more; an old one of
     * this name is replaced. Before its first sync nothing of it is durable, its length neither. When it fails, nothing is
     * left of it.
     *
     * @throws org.avccdb.NoSpaceException if there is not enough room
     */
    LogFile createLog(String name, int length);

    /** Gives an old log a new name and opens it for writing anew; its content stays as it is. */
    LogFile recycleLog(String oldName, String newName);

    /** Opens a file to read it. */
    ReadFile open(String name);

    /** Replaces what may be under the new name; atomic. */
    void rename(String oldName, String newName);

    /** Deletes a file; one that is not there is an error. */
    void delete(String name);

    boolean exists(String name);

    long length(String name);

    /** Names of all files, in no order; directories are left out. */
    List<String> list();

    /** Makes creations, renames and deletions durable. */
    void syncDirectory();

    /** Bytes that can still be written here. */
    long freeBytes();

    /**
     * Locks the directory until what is returned is closed, against other processes and against this one.
     *
     * @param shared to be held with other shared ones
     * @throws org.avccdb.LockedException if it is locked
     */
    DirectoryLock lock(boolean shared);

    /**
     * Puts a file into another directory, where it must not be yet: as a second name of the same content where that can be,
     * else as a copy. Synced, but for the directory's entry.
     */
    void linkOrCopy(String name, Storage target);

    /** Another directory, made durably if it is not there (its parents too). The path is absolute. */
    Storage directory(String path);

    @Override
    void close();

    /** Held for as long as the database is open. */
    interface DirectoryLock extends AutoCloseable {
        @Override
        void close();
    }
}
