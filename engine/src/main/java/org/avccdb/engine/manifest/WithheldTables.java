package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * Tables that are no longer in the version but stay on disk, because a rebuild of the manifest could otherwise take the rest
 * of their group for the remains of a write that was never committed. Such a group is <em>fresh</em>: it replaced nothing,
 * so its records are nowhere else. Its tables become obsolete together, once none of them is in the version. (Tables made
 * by a compaction need none of this: a rebuild may use any of them, because it also finds their inputs, or whatever has
 * replaced these.) Guarded by the lock of {@link VersionSet}.
 */
final class WithheldTables {
    private final Map<Long, List<TableFile>> byGroup = new HashMap<>();

    private static boolean isFresh(final TableMeta meta) {
        return meta.origin().replaced().length == 0;
    }

    /** Fresh groups of which a version has some tables but not all. */
    static Set<Long> incompleteGroups(final Version version) {
        final Map<Long, Integer> missing = new HashMap<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version.level(level)) {
                if (isFresh(table.meta())) {
                    missing.merge(
                            table.meta().origin().group(), table.meta().origin().groupSize() - 1, Integer::sum);
                }
            }
        }
        missing.values().removeIf(count -> count == 0);
        return missing.keySet();
    }

    private static Set<Long> groupsIn(final Version version) {
        final Set<Long> groups = new HashSet<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version.level(level)) {
                groups.add(table.meta().origin().group());
            }
        }
        return groups;
    }

    /** Deals with tables that have left the version: each becomes obsolete now, or when the rest of its group leaves. */
    void removed(final List<TableFile> tables, final Version version) {
        if (tables.isEmpty()) {
            return;
        }
        final Set<Long> groups = groupsIn(version);
        for (final TableFile table : tables) {
            if (isFresh(table.meta()) && groups.contains(table.meta().origin().group())) {
                table.retain();
                withhold(table);
            } else {
                table.markObsolete();
            }
        }
        byGroup.entrySet().removeIf(entry -> {
            if (groups.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().forEach(table -> {
                table.markObsolete();
                table.release();
            });
            return true;
        });
    }

    /** Takes over the caller's reference. */
    void withhold(final TableFile table) {
        byGroup.computeIfAbsent(table.meta().origin().group(), group -> new ArrayList<>())
                .add(table);
    }

    boolean contains(final long number) {
        return byGroup.values().stream()
                .anyMatch(
                        tables -> tables.stream().anyMatch(table -> table.meta().number() == number));
    }

    /** Lets all of them go; they stay on disk. */
    void release() {
        byGroup.values().forEach(tables -> tables.forEach(TableFile::release));
        byGroup.clear();
    }
}
