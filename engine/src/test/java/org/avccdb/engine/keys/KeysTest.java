package org.avccdb.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final int GUARD = 16;

    @Test
    void aCopyHasAllBytesOfAKeyAndNothingElseIsTouched() {
        Random random = new Random(20);
        for (int length = 0; length <= 200; length++) {
            byte[] bytes = new byte[length + 2 * GUARD];
            random.nextBytes(bytes);
            byte[] target = new byte[length + GUARD];
            random.nextBytes(target);
            byte[] expected = target.clone();
            System.arraycopy(bytes, GUARD, expected, 0, length);
            Keys.copy(new UnsafeBuffer(bytes), GUARD, length, new UnsafeBuffer(target));
            assertEquals(hex(expected), hex(target), "length " + length);
        }
    }

    @Test
    void aCopyNeedsNoRoomBehindTheKeyOnEitherSide() {
        for (int length = 0; length <= 200; length++) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            byte[] target = new byte[length];
            // Both check their bounds.
            Keys.copy(new UnsafeBuffer(bytes), 0, length, new UnsafeBuffer(target));
            assertEquals(hex(bytes), hex(target));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
