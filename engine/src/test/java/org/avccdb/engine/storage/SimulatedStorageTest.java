package org.avccdb.engine.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SimulatedStorageTest extends StorageContract {
    @TempDir
    Path temporary;

    private final SimulatedStorage storage = new SimulatedStorage();

    @Override
    Storage storage() {
        return storage.directory(storage.location());
    }

    @Override
    Storage other() {
        return storage.directory("/other");
    }

    @Override
    Storage foreign() {
        return NioStorage.create(temporary.resolve("foreign"));
    }
}
