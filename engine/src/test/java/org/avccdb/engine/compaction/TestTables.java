package org.avccdb.engine.compaction;

import java.nio.charset.StandardCharsets;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;

/** Metadata of tables that are not there. */
final class TestTables {
    private TestTables() {}

    static byte[] key(final String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }

    static TableMeta meta(final long number, final String smallest, final String largest, final long bytes) {
        return new TableMeta(
                number,
                bytes,
                key(smallest),
                key(largest),
                2,
                0,
                0,
                number,
                number,
                1,
                null,
                new TableOrigin(0, new long[0], number, 1));
    }
}
