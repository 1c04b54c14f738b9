package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    private static byte[] key(final String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void assertBounds(final String from, final String to, final KeyRange range) {
        assertArrayEquals(from == null ? null : key(from), range.fromInclusive());
        assertArrayEquals(to == null ? null : key(to), range.toExclusive());
    }

    @Test
    void boundsAreAsGiven() {
        assertBounds(null, null, KeyRange.all());
        assertBounds("01", "02", KeyRange.of(key("01"), key("02")));
        assertBounds("01", null, KeyRange.of(key("01"), null));
        assertBounds(null, "02", KeyRange.of(null, key("02")));
        assertBounds("01", null, KeyRange.atLeast(key("01")));
        assertBounds(null, "01", KeyRange.lessThan(key("01")));
        assertEquals(KeyRange.all(), KeyRange.of(null, null));
        assertEquals(KeyRange.all(), KeyRange.atLeast(null));
        assertEquals(KeyRange.all(), KeyRange.lessThan(null));
    }

    @Test
    void aPrefixEndsBehindTheLastKeyThatHasIt() {
        assertBounds("01", "02", KeyRange.prefix(key("01")));
        assertBounds("7f", "80", KeyRange.prefix(key("7f")));
        assertBounds("01ff", "02", KeyRange.prefix(key("01ff")));
        assertBounds("01ffff", "02", KeyRange.prefix(key("01ffff")));
        assertBounds("ff01", "ff02", KeyRange.prefix(key("ff01")));
        assertBounds("ff", null, KeyRange.prefix(key("ff")));
        assertBounds("ffff", null, KeyRange.prefix(key("ffff")));
        assertBounds("", null, KeyRange.prefix(key("")));
        assertThrows(NullPointerException.class, () -> KeyRange.prefix(null));
    }

    @Test
    void aPrefixHoldsWhatBeginsWithIt() {
        final long seed = 7;
        final Random random = new Random(seed);
        // Few different bytes, with the extremes, so that prefixes meet.
        final byte[] alphabet = key("007f80feff");
        for (int i = 0; i < 20_000; i++) {
            final byte[] prefix = randomKey(random, alphabet, 3);
            final byte[] candidate = randomKey(random, alphabet, 4);
            final boolean begins = candidate.length >= prefix.length
                    && Arrays.equals(candidate, 0, prefix.length, prefix, 0, prefix.length);
            assertEquals(
                    begins,
                    KeyRange.prefix(prefix).contains(candidate),
                    () -> "seed " + seed + ": " + Arrays.toString(prefix) + " " + Arrays.toString(candidate));
        }
    }

    private static byte[] randomKey(final Random random, final byte[] alphabet, final int most) {
        final byte[] bytes = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }

    @Test
    void theLowerBoundBelongsToItAndTheUpperDoesNot() {
        final KeyRange range = KeyRange.of(key("10"), key("80"));
        assertFalse(range.contains(key("0fff")));
        assertTrue(range.contains(key("10")));
        assertTrue(range.contains(key("1000")));
        assertTrue(range.contains(key("7fff")));
        assertFalse(range.contains(key("80")));
        assertFalse(range.contains(key("ff")));
    }

    @Test
    void invertedBoundsHoldNothing() {
        assertTrue(KeyRange.of(key("02"), key("01")).isEmpty());
        assertTrue(KeyRange.of(key("02"), key("02")).isEmpty());
        assertTrue(KeyRange.of(key("80"), key("7f")).isEmpty());
        assertTrue(KeyRange.lessThan(key("")).isEmpty());
        assertFalse(KeyRange.of(key("02"), key("0200")).isEmpty());
        assertFalse(KeyRange.of(key("7f"), key("80")).isEmpty());
        assertFalse(KeyRange.lessThan(key("00")).isEmpty());
        assertFalse(KeyRange.all().isEmpty());
        assertFalse(KeyRange.atLeast(key("ffff")).isEmpty());
        assertFalse(KeyRange.of(key("02"), key("01")).contains(key("01")));
        assertFalse(KeyRange.of(key("02"), key("01")).contains(key("02")));
    }

    @Test
    void boundsAreCopied() {
        final byte[] from = key("01");
        final byte[] to = key("02");
        final KeyRange range = KeyRange.of(from, to);
        from[0] = 9;
        to[0] = 9;
        assertBounds("01", "02", range);
        range.fromInclusive()[0] = 9;
        range.toExclusive()[0] = 9;
        assertBounds("01", "02", range);
        final byte[] prefix = key("01");
        final KeyRange ofPrefix = KeyRange.prefix(prefix);
        prefix[0] = 9;
        assertBounds("01", "02", ofPrefix);
    }

    @Test
    void boundsLongerThanKeysHoldTheSameKeys() {
        final byte[] longest = new byte[Limits.MAX_KEY_BYTES];
        final byte[] longer = new byte[Limits.MAX_KEY_BYTES + 1];
        final KeyRange behindLongest = KeyRange.atLeast(longer);
        assertFalse(behindLongest.contains(longest));
        assertTrue(behindLongest.fromInclusive().length <= Limits.MAX_KEY_BYTES);
        final byte[] next = longest.clone();
        next[next.length - 1] = 1;
        assertTrue(behindLongest.contains(next));
        final KeyRange throughLongest = KeyRange.lessThan(longer);
        assertTrue(throughLongest.contains(longest));
        assertFalse(throughLongest.contains(next));
        assertTrue(KeyRange.lessThan(longest).toExclusive().length == Limits.MAX_KEY_BYTES);
    }

    @Test
    void noKeyIsBehindAllOnes() {
        final byte[] longer = new byte[Limits.MAX_KEY_BYTES + 1];
        Arrays.fill(longer, (byte) 0xFF);
        assertTrue(KeyRange.atLeast(longer).isEmpty());
        assertTrue(KeyRange.prefix(longer).isEmpty());
        assertNull(KeyRange.lessThan(longer).toExclusive());
        longer[0] = 0;
        assertTrue(KeyRange.prefix(longer).isEmpty());
    }

    @Test
    void comparesByBounds() {
        assertEquals(KeyRange.of(key("01"), key("02")), KeyRange.prefix(key("01")));
        assertEquals(
                KeyRange.of(key("01"), key("02")).hashCode(),
                KeyRange.prefix(key("01")).hashCode());
        assertNotEquals(KeyRange.atLeast(key("01")), KeyRange.lessThan(key("01")));
        assertNotEquals(KeyRange.of(key("01"), key("02")), KeyRange.of(key("01"), key("03")));
        assertNotEquals(KeyRange.of(key("01"), key("02")), KeyRange.of(key("00"), key("02")));
        assertNotEquals(KeyRange.atLeast(key("")), KeyRange.all());
    }

    @Test
    void readsWell() {
        assertEquals("KeyRange[0x01ff .. 0x02)", KeyRange.prefix(key("01ff")).toString());
        assertEquals("KeyRange[ .. )", KeyRange.all().toString());
        assertEquals("KeyRange[0x .. )", KeyRange.atLeast(key("")).toString());
        assertTrue(KeyRange.atLeast(new byte[60_000]).toString().endsWith("... (60000 bytes) .. )"));
    }
}
