package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void versionedValuesCompareByContent() {
        final VersionedValue value = new VersionedValue(new byte[] {1, 2}, 3, 4);
        assertEquals(value, new VersionedValue(new byte[] {1, 2}, 3, 4));
        assertEquals(value.hashCode(), new VersionedValue(new byte[] {1, 2}, 3, 4).hashCode());
        assertNotEquals(value, new VersionedValue(new byte[] {1, 3}, 3, 4));
        assertNotEquals(value, new VersionedValue(new byte[] {1, 2}, 4, 4));
        assertNotEquals(value, new VersionedValue(new byte[] {1, 2}, 3, 5));
        assertEquals("VersionedValue[value=0x0102, version=3, sequence=4]", value.toString());
        assertTrue(new VersionedValue(new byte[33], 0, 0).toString().contains("... (33 bytes)"));
    }

    @Test
    void writeOptionsCombine() {
        assertFalse(WriteOptions.DEFAULT.isSync());
        assertFalse(WriteOptions.DEFAULT.isNoMerge());
        assertTrue(WriteOptions.SYNC.isSync());
        assertFalse(WriteOptions.SYNC.isNoMerge());
        assertFalse(WriteOptions.DEFAULT.noMerge().isSync());
        assertTrue(WriteOptions.DEFAULT.noMerge().isNoMerge());
        assertTrue(WriteOptions.SYNC.noMerge().isSync());
        assertTrue(WriteOptions.SYNC.noMerge().isNoMerge());
        assertSame(WriteOptions.SYNC.noMerge(), WriteOptions.SYNC.noMerge().noMerge());
    }

    @Test
    void aReportIsCleanWithoutProblems() {
        final List<String> problems = new ArrayList<>();
        final IntegrityReport clean = new IntegrityReport(problems, 1, 2, 3, 4);
        problems.add("000001.sst, offset 5: bad checksum");
        final IntegrityReport bad = new IntegrityReport(problems, 1, 2, 3, 4);
        assertTrue(clean.isClean());
        assertEquals(List.of(), clean.problems());
        assertFalse(bad.isClean());
        assertTrue(bad.toString().endsWith("1 problems\n000001.sst, offset 5: bad checksum"), bad.toString());
        assertThrows(UnsupportedOperationException.class, () -> bad.problems().clear());
    }

    @Test
    void argumentsAreChecked() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[10]);
        Arguments.checkKey(buffer, 10, 0);
        Arguments.checkTarget(buffer, 10);
        Arguments.checkReadVersion("minVersion", Long.MAX_VALUE);
        Arguments.checkVersion(0);
        Arguments.checkVersion(Long.MAX_VALUE - 1);
        Arguments.checkValueLength(5, 5);
        assertRefused(() -> Arguments.checkKey(buffer, 1, 10));
        assertRefused(() -> Arguments.checkKey(buffer, -1, 1));
        assertRefused(() -> Arguments.checkKey(buffer, 1, -1));
        assertRefused(() -> Arguments.checkKey(buffer, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused(() -> Arguments.checkKey(buffer, Integer.MAX_VALUE, 1));
        assertRefused(() -> Arguments.checkTarget(buffer, 11));
        assertRefused(() -> Arguments.checkTarget(buffer, -1));
        assertRefused(() -> Arguments.checkReadVersion("minVersion", -1));
        assertRefused(() -> Arguments.checkVersion(-1));
        assertRefused(() -> Arguments.checkVersion(Long.MAX_VALUE));
        assertRefused(() -> Arguments.checkValueLength(6, 5));
        assertThrows(NullPointerException.class, () -> Arguments.checkKey(null));
        assertThrows(NullPointerException.class, () -> Arguments.checkKey(null, 0, 0));
        assertThrows(NullPointerException.class, () -> Arguments.checkTarget(null, 0));
    }

    private static void assertRefused(final Runnable check) {
        assertThrows(IllegalArgumentException.class, check::run);
    }
}
