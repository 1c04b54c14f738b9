package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which threads a database has. */
class ThreadsTest {
    @TempDir
    Path directory;

    private String threads(Options.Builder options) {
        try (AvccDb db = AvccDb.open(directory, options.build())) {
            assertEquals(0, db.appliedPosition());
            return Watched.threadsOf(directory).stream()
                    .map(name -> name.substring("avccdb-".length(), name.indexOf(' ' + directory.toString())))
                    .filter(name -> !name.equals("listener"))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        }
    }

    @Test
    void eachModeHasItsOwn() {
        assertEquals(
                "[compaction, flush, hashing, helper, writer]",
                threads(Options.builder().threadingMode(ThreadingMode.DEDICATED)));
        assertEquals("[background, helper, writer]", threads(Options.builder().threadingMode(ThreadingMode.SHARED)));
        assertEquals("[]", threads(Options.builder().threadingMode(ThreadingMode.INVOKER)));
    }

    @Test
    void pinnedCompactionsHaveTheirCoresAlone() {
        for (ThreadingMode mode : new ThreadingMode[] {ThreadingMode.DEDICATED, ThreadingMode.SHARED}) {
            String all = threads(Options.builder().threadingMode(mode));
            assertEquals(
                    all.replace("helper, ", ""),
                    threads(Options.builder().threadingMode(mode).pinning(Map.of(ThreadRole.COMPACTION, 0))));
        }
    }
}
