package org.avccdb.engine.storage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.avccdb.LockedException;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;

/**
 * A directory in memory that knows what a power cut would leave of it. It keeps what is durable apart from what is merely
 * written, can be asked at any moment, or after every operation, for the images a crash may leave, and fails on demand.
 *
 * <p>What it promises is what {@link Storage} promises, and nothing more: the content of a file is durable after its sync, a
 * name after the directory's; appended bytes are in the process until they are flushed. {@link #directory} gives other
 * directories of the same disk, which crash together and share faults, hook and capacity.
 *
 * <p>Any thread may use it; the disk's monitor guards everything. Hooks run inside that monitor.
 */
public final class SimulatedStorage implements Storage {
    /** What can be counted, and made to fail. */
    public enum Operation {
        CREATE,
        CREATE_LOG,
        RECYCLE_LOG,
        RENAME,
        DELETE,
        LINK,
        SYNC_DIRECTORY,
        APPEND,
        FLUSH,
        WRITE,
        SYNC,
        OPEN,
        READ,
        MAP,
        LIST,
        LOCK;

        /** Whether a crash after it may leave something else than one before it. */
        boolean changes() {
            return switch (this) {
                case OPEN, READ, MAP, LIST, LOCK -> false;
                default -> true;
            };
        }
    }

    /** What a power cut does to what is not durable. */
    public enum CrashKind {
        /** All of it is lost. */
        NOTHING,
        /** All of it is kept. */
        EVERYTHING,
        /** What happened up to some moment is kept, over all files and names. */
        PREFIX,
        /** Some sectors of 512 bytes are kept, in any order; some prefix of the changes to names. */
        SECTORS,
        /** The same, and some sectors are partly old and partly new. */
        TORN_SECTORS,
        /** Files keep their lengths; what was added holds zeros or garbage. Some prefix of the changes to names is kept. */
        SIZE_WITHOUT_DATA,
        /** Any subset of the changes to names is kept; of each file's data nothing, everything or some sectors. */
        NAMES_SUBSET,
        /** All changes to names are kept, and no data. */
        NAMES_WITHOUT_DATA
    }

    /** Ways to fail. */
    public enum FaultKind {
        /** Nothing is done. */
        ERROR,
        /** Half of an append or write is done; otherwise an error. */
        SHORT_WRITE,
        /** Nothing is done, for want of room. */
        NO_SPACE,
        /** What a sync was to make durable never becomes so, though it can be read, and later syncs succeed. */
        FAILED_SYNC
    }

    /** Called after operations that change something, failed ones too. It may use images, but not wait for other threads. */
    public interface OperationHook {
        void onOperation(long number, Operation operation);
    }

    private final SimulatedDisk disk;
    private final String path;
    private final SimulatedDirectory directory;

    public SimulatedStorage() {
        this(new SimulatedDisk(), "/simulated");
    }

    private SimulatedStorage(final SimulatedDisk disk, final String path) {
        this.disk = disk;
        this.path = path;
        directory = disk.directories.computeIfAbsent(path, unused -> new SimulatedDirectory());
    }

    // What a storage does.

    @Override
    public String location() {
        return path;
    }

    @Override
    public AppendFile create(final String name) {
        checkName(name);
        return disk.perform(Operation.CREATE, name, fault -> {
            SimulatedDisk.failIf(fault, Operation.CREATE, name);
            return new SimulatedHandles.Append(disk, makeFile(name), name);
        });
    }

    private SimulatedFile makeFile(final String name) {
        final SimulatedFile file = new SimulatedFile();
        final SimulatedFile old = directory.current.get(name);
        if (old != null) {
            directory.change(disk.tick(), SimulatedDirectory.Kind.REMOVE, name, old);
        }
        directory.change(disk.tick(), SimulatedDirectory.Kind.ADD, name, file);
        return file;
    }

    @Override
    public LogFile createLog(final String name, final int length) {
        checkName(name);
        if (length <= 0) {
            throw new IllegalArgumentException("length " + length + " of log " + name);
        }
        return disk.perform(Operation.CREATE_LOG, name, fault -> {
            SimulatedDisk.failIf(fault, Operation.CREATE_LOG, name);
            if (disk.freeBytes() < length) {
                throw new NoSpaceException("cannot create " + name + ": the disk is full");
            }
            final SimulatedFile made = makeFile(name);
            made.extend(disk.tick(), length);
            return new SimulatedHandles.Log(disk, made, name);
        });
    }

    @Override
    public LogFile recycleLog(final String oldName, final String newName) {
        checkName(newName);
        return disk.perform(Operation.RECYCLE_LOG, newName, fault -> {
            SimulatedDisk.failIf(fault, Operation.RECYCLE_LOG, newName);
            final SimulatedFile file = file(oldName);
            move(file, newName);
            return new SimulatedHandles.Log(disk, file, newName);
        });
    }

    @Override
    public ReadFile open(final String name) {
        checkName(name);
        return disk.perform(Operation.OPEN, name, fault -> {
            SimulatedDisk.failIf(fault, Operation.OPEN, name);
            return new SimulatedHandles.Read(disk, file(name), name);
        });
    }

    @Override
    public void rename(final String oldName, final String newName) {
        checkName(newName);
        disk.perform(Operation.RENAME, newName, fault -> {
            SimulatedDisk.failIf(fault, Operation.RENAME, newName);
            move(file(oldName), newName);
            return null;
        });
    }

    private void move(final SimulatedFile file, final String newName) {
        directory.change(disk.tick(), SimulatedDirectory.Kind.MOVE, newName, file);
    }

    @Override
    public void delete(final String name) {
        checkName(name);
        disk.perform(Operation.DELETE, name, fault -> {
            SimulatedDisk.failIf(fault, Operation.DELETE, name);
            directory.change(disk.tick(), SimulatedDirectory.Kind.REMOVE, name, file(name));
            return null;
        });
    }

    @Override
    public boolean exists(final String name) {
        synchronized (disk) {
            return directory.current.containsKey(name);
        }
    }

    @Override
    public long length(final String name) {
        synchronized (disk) {
            return file(name).current.length();
        }
    }

    @Override
    public List<String> list() {
        return disk.perform(Operation.LIST, path, fault -> {
            SimulatedDisk.failIf(fault, Operation.LIST, path);
            return List.copyOf(directory.current.keySet());
        });
    }

    @Override
    public void syncDirectory() {
        disk.perform(Operation.SYNC_DIRECTORY, path, fault -> {
            SimulatedDisk.failIf(fault, Operation.SYNC_DIRECTORY, path);
            directory.sync();
            return null;
        });
    }

    @Override
    public long freeBytes() {
        synchronized (disk) {
            return disk.freeBytes();
        }
    }

    @Override
    public DirectoryLock lock(final boolean shared) {
        return disk.perform(Operation.LOCK, FileNames.LOCK, fault -> {
            SimulatedDisk.failIf(fault, Operation.LOCK, path);
            if (directory.locked || (directory.sharedLocks > 0 && !shared)) {
                throw new LockedException(path + " is locked");
            }
            if (shared) {
                directory.sharedLocks++;
            } else {
                directory.locked = true;
            }
            if (!directory.current.containsKey(FileNames.LOCK)) {
                makeFile(FileNames.LOCK);
            }
            return new SimulatedHandles.Lock(disk, directory, FileNames.LOCK, shared);
        });
    }

    @Override
    public void linkOrCopy(final String name, final Storage target) {
        checkName(name);
        if (!(target instanceof SimulatedStorage other) || other.disk != disk) {
            FileCopy.copy(this, name, target);
            return;
        }
        disk.perform(Operation.LINK, name, fault -> {
            SimulatedDisk.failIf(fault, Operation.LINK, name);
            final SimulatedFile file = file(name);
            if (other.directory.current.containsKey(name)) {
                throw new StorageException("cannot link " + name + ": it exists already");
            }
            file.sync();
            other.directory.change(disk.tick(), SimulatedDirectory.Kind.ADD, name, file);
            return null;
        });
    }

    @Override
    public SimulatedStorage directory(final String other) {
        synchronized (disk) {
            return new SimulatedStorage(disk, other);
        }
    }

    @Override
    public void close() {
        // Holds nothing itself.
    }

    private SimulatedFile file(final String name) {
        checkName(name);
        final SimulatedFile file = directory.current.get(name);
        if (file == null) {
            throw new StorageException(path + "/" + name + ": no such file");
        }
        return file;
    }

    private static void checkName(final String name) {
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("'" + name + "' is not the plain name of a file");
        }
        if (name.equals(FileNames.LOCK)) {
            throw new IllegalArgumentException("closing " + name + " would unlock the directory");
        }
    }

    // Crashes.

    /** What a power cut now may leave, all of it durable; the same for the same seed. Nobody holds a handle on it. */
    public SimulatedStorage crash(final CrashKind kind, final long seed) {
        synchronized (disk) {
            return new SimulatedStorage(CrashImage.of(disk, kind, seed), path);
        }
    }

    /** What the death of the process now leaves: what was handed to the system is there, and as durable as it was. */
    public SimulatedStorage processKillImage() {
        return copy(file -> {
            final SimulatedFile left = file.copy();
            left.loseUnflushed();
            return left;
        });
    }

    /** The storage as it is, to be crashed later, any number of times. Without handles, faults, capacity and hook. */
    public SimulatedStorage snapshot() {
        return copy(SimulatedFile::copy);
    }

    private SimulatedStorage copy(final UnaryOperator<SimulatedFile> files) {
        synchronized (disk) {
            return new SimulatedStorage(disk.copy(files), path);
        }
    }

    /** Null: none. */
    public void onOperation(final OperationHook hook) {
        synchronized (disk) {
            disk.hook = hook;
        }
    }

    /** How many operations that change something there have been. */
    public long operations() {
        synchronized (disk) {
            return disk.operations();
        }
    }

    // Faults.

    /** Lets the nth operation from now fail, once. Null: any operation, any type. A rename counts by its new name. */
    public void failAt(final Operation operation, final FileType type, final int nth, final FaultKind kind) {
        synchronized (disk) {
            disk.faults.add(operation, type, nth, kind, false);
        }
    }

    /** Lets the nth operation from now fail, and all that follow. */
    public void failFrom(final Operation operation, final FileType type, final int nth, final FaultKind kind) {
        synchronized (disk) {
            disk.faults.add(operation, type, nth, kind, true);
        }
    }

    /** Whether a fault is still to come. */
    public boolean hasFaults() {
        synchronized (disk) {
            return disk.faults.isPending();
        }
    }

    public void clearFaults() {
        synchronized (disk) {
            disk.faults.clear();
        }
    }

    /** Limits the bytes in all files together. */
    public void limitCapacity(final long bytes) {
        synchronized (disk) {
            disk.capacity = bytes;
        }
    }

    public void liftCapacity() {
        limitCapacity(SimulatedDisk.UNLIMITED);
    }

    /** What has been handed out and not been closed, files and locks, in all directories. */
    public List<String> openFiles() {
        synchronized (disk) {
            return disk.openFiles();
        }
    }

    // Damage. It is durable at once, and so is the rest of the file.

    public void flipByte(final String name, final long position, final int mask) {
        damage(name, content -> {
            final byte[] one = content.read(position, 1);
            one[0] ^= (byte) mask;
            content.write(position, one, 0, 1);
        });
    }

    public void truncate(final String name, final long length) {
        damage(name, content -> content.setLength(length));
    }

    public void zero(final String name, final long position, final int length) {
        damage(name, content -> content.write(position, new byte[length], 0, length));
    }

    /** Overwrites a part of a file, or makes it longer. */
    public void overwrite(final String name, final long position, final byte[] bytes) {
        damage(name, content -> content.write(position, bytes, 0, bytes.length));
    }

    private void damage(final String name, final Consumer<SparseBytes> harm) {
        synchronized (disk) {
            final SimulatedFile file = file(name);
            file.sync();
            harm.accept(file.current);
            harm.accept(file.durable);
        }
    }

    public Map<String, Long> lengths() {
        synchronized (disk) {
            final Map<String, Long> lengths = new TreeMap<>();
            directory.current.forEach((name, file) -> lengths.put(name, file.current.length()));
            return lengths;
        }
    }

    /** All bytes of a file. */
    public byte[] bytes(final String name) {
        synchronized (disk) {
            final SimulatedFile file = file(name);
            return file.current.read(0, Math.toIntExact(file.current.length()));
        }
    }
}
