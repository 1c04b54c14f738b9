package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LeafDescriptorTest {
    private static final int[] DIGESTS = {0, 1, 0x7FFF_FFFF, 0x8000_0000, -2, -1};
    private static final int[] OFFSETS = {8, 64, 1 << 30, Integer.MAX_VALUE - 7, Integer.MAX_VALUE};

    @Test
    void aWordHoldsDigestAndOffsetAndIsNeverEmpty() {
        for (int digest : DIGESTS) {
            for (int offset : OFFSETS) {
                long word = LeafDescriptor.word(digest, offset);
                assertEquals(digest, LeafDescriptor.digest(word));
                assertEquals(offset, LeafDescriptor.offset(word));
                assertNotEquals(LeafDescriptor.EMPTY, word);
            }
        }
    }

    @Test
    void anotherOffsetKeepsTheDigest() {
        for (int digest : DIGESTS) {
            for (int offset : OFFSETS) {
                for (int other : OFFSETS) {
                    long word = LeafDescriptor.withOffset(LeafDescriptor.word(digest, offset), other);
                    assertEquals(LeafDescriptor.word(digest, other), word);
                }
            }
        }
    }

    @Test
    void theFirstWordOfANodeHoldsLeafAndCount() {
        for (int leaf : OFFSETS) {
            for (int height = 1; height <= LeafDescriptor.MAX_HEIGHT; height++) {
                long word = LeafDescriptor.nodeWord(leaf, height);
                for (int count = 0; count <= LeafDescriptor.CAPACITY; count++) {
                    assertEquals(leaf, LeafDescriptor.leaf(word));
                    assertEquals(count, LeafDescriptor.count(word));
                    word += LeafDescriptor.ONE_ENTRY;
                }
            }
        }
    }

    @Test
    void linksAreOneBehindTheOther() {
        for (int level = 1; level < LeafDescriptor.MAX_HEIGHT; level++) {
            assertEquals(LeafDescriptor.linkOffset(64, level - 1) + Long.BYTES, LeafDescriptor.linkOffset(64, level));
            assertEquals(0, LeafDescriptor.linkOffset(64, level) % Long.BYTES);
        }
    }

    @Test
    void aPlaceHoldsIndexExactnessAndRecord() {
        for (int index = 0; index <= LeafDescriptor.CAPACITY; index++) {
            for (boolean exact : new boolean[] {false, true}) {
                for (int record : new int[] {Arena.NONE, 8, Integer.MAX_VALUE - 7}) {
                    long place = Place.of(index, exact, record);
                    assertEquals(index, Place.index(place));
                    assertEquals(exact, Place.isExact(place));
                    assertEquals(record, Place.record(place));
                }
            }
        }
    }
}
