package org.avccdb.engine.manifest;

import java.util.List;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.Storage;

/** Whether there is a database in a directory, as far as the names of its files tell. */
public enum Presence {
    /** There is a database. */
    PRESENT,
    /** There is none, nor anything else; a database can be created. What a creation that was cut short left does not count. */
    ABSENT,
    /** There is none, but there are files that are not of a database. */
    FOREIGN,
    /** CURRENT is missing, but other files of a database are there. */
    DAMAGED;

    /** Looks at the directory. */
    public static Presence of(final Storage storage) {
        if (storage.exists(FileNames.CURRENT)) {
            return PRESENT;
        }
        final List<String> names = storage.list();
        // It may be there all the same, though nobody may look at it.
        if (names.contains(FileNames.CURRENT)) {
            return PRESENT;
        }
        boolean foreign = false;
        for (final String name : names) {
            switch (FileNames.type(name)) {
                case JOURNAL, TABLE, SPARE -> {
                    return DAMAGED;
                }
                case MANIFEST -> {
                    if (!ManifestReader.isUnborn(storage, FileNames.number(name))) {
                        return DAMAGED;
                    }
                }
                case OTHER -> foreign = true;
                default -> {}
            }
        }
        return foreign ? FOREIGN : ABSENT;
    }

    static boolean isManifest(final String name) {
        return FileNames.type(name) == FileType.MANIFEST;
    }
}
