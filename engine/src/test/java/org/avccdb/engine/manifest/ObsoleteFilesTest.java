package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

/** What an opening deletes, by the names of files. */
class ObsoleteFilesTest {
    private static final long MANIFEST_BYTES = 64 << 20;

    private final SimulatedStorage storage = new SimulatedStorage();

    private TableMeta table(final VersionSet set) {
        final long number = set.newNumber();
        final byte[] key = {1};
        final TableMeta meta = Samples.table(number, key, key, number, number);
        Samples.createTable(storage, meta);
        return meta;
    }

    @Test
    void obsoleteFilesAreDeletedAndOthersLeft() {
        VersionSet set = VersionSet.create(storage, Samples.cache(storage), Samples.identity(), MANIFEST_BYTES);
        final TableMeta meta = table(set);
        set.apply(new VersionEdit().add(1, meta).oldestJournal(500));
        final long manifest = set.manifestNumber();
        set.close();
        for (final String name : List.of(
                "000400.journal",
                "000401.journal",
                "000500.journal",
                "000501.journal",
                "000499.sst",
                "000498.sst",
                "000300.spare",
                "000301.spare",
                "000302.spare",
                "MANIFEST-000490",
                "LOG",
                "letter",
                "000001.txt")) {
            storage.create(name).close();
        }
        set = VersionSet.load(storage, Samples.cache(storage), MANIFEST_BYTES);
        set.openForWriting(new VersionEdit());
        storage.create(FileNames.CURRENT_NEXT).close();
        final List<String> deleted = ObsoleteFiles.delete(storage, set);
        assertEquals(
                List.of(
                        "CURRENT.next",
                        FileNames.manifest(manifest),
                        "000300.spare",
                        "000301.spare",
                        "000302.spare",
                        "MANIFEST-000490",
                        "000498.sst",
                        "000499.sst"),
                deleted);
        final Set<String> left = new HashSet<>(storage.list());
        assertEquals(
                Set.of(
                        "CURRENT",
                        FileNames.manifest(set.manifestNumber()),
                        FileNames.table(meta.number()),
                        "000400.journal",
                        "000401.journal",
                        "000500.journal",
                        "000501.journal",
                        "LOG",
                        "letter",
                        "000001.txt"),
                left);
        assertEquals(List.of(), ObsoleteFiles.delete(storage, set));
        set.close();
    }
}
