package org.avccdb.engine.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that locks a directory until its input ends. */
final class LockHolder {
    private LockHolder() {}

    public static void main(final String[] args) throws IOException {
        final Storage.DirectoryLock lock = NioStorage.open(Path.of(args[0])).lock(Boolean.parseBoolean(args[1]));
        System.out.write("locked\n".getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until the end.
        }
        lock.close();
    }
}
