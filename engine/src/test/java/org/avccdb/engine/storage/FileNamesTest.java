package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    private static void assertIs(FileType type, long number, String name) {
        assertEquals(type, FileNames.type(name), name);
        assertEquals(number, FileNames.number(name), name);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999, 1_000_000, 999_999_999_999_999_999L})
    void whatIsMadeIsRead(long number) {
        assertIs(FileType.MANIFEST, number, FileNames.manifest(number));
        assertIs(FileType.JOURNAL, number, FileNames.journal(number));
        assertIs(FileType.TABLE, number, FileNames.table(number));
        assertIs(FileType.SPARE, number, FileNames.spare(number));
    }

    @Test
    void smallNumbersHaveZerosBeforeThem() {
        assertEquals("000007.sst", FileNames.table(7));
        assertEquals("MANIFEST-000012", FileNames.manifest(12));
        assertEquals("1234567.journal", FileNames.journal(1_234_567));
    }

    /** Else two names would be one file's, and one of the two would be overlooked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".sst",
                "7.sst",
                "0000007.sst",
                "00007.sst",
                "+00007.sst",
                "00000a.sst",
                "1000000000000000000.sst",
                "000007",
                "000007.SST",
                "000007.sst.sst",
                "000007.sst.journal",
                "000007.sstx",
                "x000007.sst",
                "MANIFEST-",
                "MANIFEST-7",
                "MANIFEST-0000007",
                "MANIFEST-000007.sst",
                "manifest-000007"
            })
    void otherNamesAreNobodys(String name) {
        assertIs(FileType.OTHER, -1, name);
    }
}
