package org.avccdb.engine.storage;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.avccdb.NoSpaceException;

/** A directory of the operating system. What it makes is its owner's alone, where the file system knows such rights. */
public final class NioStorage implements Storage {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] FILE_RIGHTS = rights("rw-------");
    private static final FileAttribute<?>[] DIRECTORY_RIGHTS = rights("rwx------");

    private final Path directory;
    private final StagingBuffers staging = new StagingBuffers();

    private NioStorage(final Path directory) {
        this.directory = directory;
    }

    private static FileAttribute<?>[] rights(final String rights) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /**
     * Opens a directory that is there.
     *
     * @throws org.avccdb.StorageException if it is not, or is no directory
     */
    public static NioStorage open(final Path directory) {
        checkFileSystem(directory);
        try {
            final Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new IOException("it is not a directory");
            }
            return new NioStorage(real);
        } catch (IOException e) {
            throw StorageErrors.of("open", directory, e);
        }
    }

    /** Opens a directory; it and its parents are made, durably, where they are not there. */
    public static NioStorage create(final Path directory) {
        checkFileSystem(directory);
        try {
            makeDirectories(directory.toAbsolutePath());
        } catch (IOException e) {
            throw StorageErrors.of("create", directory, e);
        }
        return open(directory);
    }

    /** Whether there is such a directory. */
    public static boolean isDirectory(final Path directory) {
        return Files.isDirectory(directory);
    }

    private static void checkFileSystem(final Path directory) {
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(directory + " is not of the default file system");
        }
    }

    private static void makeDirectories(final Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        final Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent);
        }
        try {
            Files.createDirectory(directory, DIRECTORY_RIGHTS);
        } catch (FileAlreadyExistsException e) {
            // Another thread or process has just made it, or it is a file.
            if (!Files.isDirectory(directory)) {
                throw new FileSystemException(directory.toString(), null, "there is a file of that name");
            }
        }
        if (parent != null) {
            force(parent);
        }
    }

    /** Through an asynchronous channel, since an interrupt closes any other; where directories cannot be opened, not at all. */
    static void force(final Path directory) throws IOException {
        if (POSIX) {
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public AppendFile create(final String name) {
        final Path path = path(name);
        try {
            createEmpty(path);
            return new NioAppendFile(path, staging);
        } catch (IOException e) {
            throw StorageErrors.of("create", path, e);
        }
    }

    @Override
    public LogFile createLog(final String name, final int length) {
        final Path path = path(name);
        if (length <= 0) {
            throw new IllegalArgumentException("length " + length + " of log " + name);
        }
        // Otherwise the attempt itself would fill the device for everybody, if only for a moment.
        if (freeBytes() < length) {
            throw new NoSpaceException("cannot create " + path + ": there is no room for " + length + " bytes");
        }
        try {
            createEmpty(path);
            try {
                NioLogFile.fillWithZeros(path, length);
                return NioLogFile.open(path);
            } catch (IOException | RuntimeException e) {
                deleteAfter(e, path);
                throw e;
            }
        } catch (IOException e) {
            throw StorageErrors.of("create", path, e);
        }
    }

    private static void createEmpty(final Path path) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, FILE_RIGHTS);
    }

    private static void deleteAfter(final Exception failure, final Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public LogFile recycleLog(final String oldName, final String newName) {
        rename(oldName, newName);
        final Path path = path(newName);
        try {
            return NioLogFile.open(path);
        } catch (IOException e) {
            throw StorageErrors.of("open", path, e);
        }
    }

    @Override
    public ReadFile open(final String name) {
        final Path path = path(name);
        try {
            return NioReadFile.open(path);
        } catch (IOException e) {
            throw StorageErrors.of("open", path, e);
        }
    }

    @Override
    public void rename(final String oldName, final String newName) {
        final Path from = path(oldName);
        final Path to = path(newName);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StorageErrors.of("rename to " + newName, from, e);
        }
    }

    @Override
    public void delete(final String name) {
        final Path path = path(name);
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw StorageErrors.of("delete", path, e);
        }
    }

    @Override
    public boolean exists(final String name) {
        return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long length(final String name) {
        final Path path = resolve(name);
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw StorageErrors.of("measure", path, e);
        }
    }

    @Override
    public List<String> list() {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (final Path path : paths) {
                if (!Files.isDirectory(path)) {
                    names.add(path.getFileName().toString());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw StorageErrors.of("list", directory, e.getCause());
        } catch (IOException e) {
            throw StorageErrors.of("list", directory, e);
        }
        return names;
    }

    @Override
    public void syncDirectory() {
        try {
            force(directory);
        } catch (IOException e) {
            throw StorageErrors.of("sync", directory, e);
        }
    }

    @Override
    public long freeBytes() {
        // Asks the device only, where a file store reads the list of all devices first.
        final long usable = directory.toFile().getUsableSpace();
        if (usable > 0) {
            return usable;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw StorageErrors.of("ask for the free space of", directory, e);
        }
    }

    @Override
    public DirectoryLock lock(final boolean shared) {
        return DirectoryLocks.lock(directory, shared, FILE_RIGHTS);
    }

    @Override
    public void linkOrCopy(final String name, final Storage target) {
        if (!(target instanceof NioStorage other && link(path(name), other.path(name)))) {
            FileCopy.copy(this, name, target);
        }
    }

    /** False where the file system cannot; a copy is then tried, and tells why if that cannot be either. */
    private static boolean link(final Path from, final Path to) {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(to, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            final RuntimeException failure = StorageErrors.of("sync", to, e);
            deleteAfter(failure, to);
            throw failure;
        }
        return true;
    }

    @Override
    public Storage directory(final String path) {
        return create(Path.of(path));
    }

    /** Holds nothing itself: what it has handed out is closed by those who have it. */
    @Override
    public void close() {}

    private Path path(final String name) {
        if (name.equals(FileNames.LOCK)) {
            throw new IllegalArgumentException("closing " + name + " would unlock the directory");
        }
        return resolve(name);
    }

    private Path resolve(final String name) {
        final Path path = directory.resolve(name);
        if (!directory.equals(path.getParent()) || !path.equals(path.normalize())) {
            throw new IllegalArgumentException("'" + name + "' is not the plain name of a file");
        }
        return path;
    }
}
