package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArgumentsTest {
    private static final int[] OFFSETS = {1, 200, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
    private static final int[] LENGTHS = {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 1 << 30, 60_000, 200};

    /** Asked of the check alone, because whoever gets past it touches memory that is not the buffer's. */
    @Test
    void rangesWhoseEndPassesAnIntAreRefused() {
        for (int capacity : new int[] {0, 1, 10, 100}) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[capacity]);
            for (int offset : OFFSETS) {
                for (int length : LENGTHS) {
                    String range = "offset " + offset + ", length " + length + ", capacity " + capacity;
                    assertIllegal(() -> Arguments.checkRange("value", buffer, offset, length), range);
                    assertIllegal(() -> Arguments.checkKey(buffer, offset, length), range);
                }
            }
        }
    }

    private static void assertIllegal(Executable check, String range) {
        assertThrows(IllegalArgumentException.class, check, range);
    }
}
