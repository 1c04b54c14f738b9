package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.Authentication;
import org.avccdb.Options;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/** Questions about tables and levels, for whoever plans. */
public final class Tables {
    private Tables() {}

    /** The tables that have keys in a span, in their order. */
    static List<TableFile> overlapping(final Version version, final int level, final KeySpan span) {
        return version.overlapping(level, span.smallest(), span.largest());
    }

    /** Bytes of the tables of a level that have keys in a span; 0 for a level that there is not. */
    public static long overlappingBytes(final Version version, final int level, final KeySpan span) {
        return level < Version.LEVELS ? bytes(overlapping(version, level, span)) : 0;
    }

    static long bytes(final List<TableFile> tables) {
        long bytes = 0;
        for (final TableFile table : tables) {
            bytes += table.meta().bytes();
        }
        return bytes;
    }

    static KeySpan span(final List<TableFile> tables) {
        KeySpan span = null;
        for (final TableFile table : tables) {
            span = KeySpan.union(span, table.meta());
        }
        return span;
    }

    static List<TableMeta> metas(final List<TableFile> tables) {
        final List<TableMeta> metas = new ArrayList<>(tables.size());
        for (final TableFile table : tables) {
            metas.add(table.meta());
        }
        return metas;
    }

    /** The metadata of a level's tables that have keys in a span; none for a level that there is not. */
    public static List<TableMeta> metas(final Version version, final int level, final KeySpan span) {
        return level < Version.LEVELS ? metas(overlapping(version, level, span)) : List.of();
    }

    /** Whether a table has no root and should have one. */
    static boolean lacksRoot(final TableMeta table, final Options options) {
        return table.root() == null && options.authentication() == Authentication.MERKLE;
    }

    static boolean hasDeletes(final TableMeta table) {
        return table.keyDeletes() + table.versionDeletes() > 0;
    }

    /** The deepest level that has tables, 0 if none has. */
    public static int deepestLevel(final Version version) {
        int level = Version.LEVELS - 1;
        while (level > 0 && version.level(level).length == 0) {
            level--;
        }
        return level;
    }
}
