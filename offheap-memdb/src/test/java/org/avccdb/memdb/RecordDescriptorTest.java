package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordDescriptorTest {
    private static final long[] SEQUENCES = {0, 1, 255, 256, 1L << 55, RecordDescriptor.MAX_SEQUENCE};
    private static final int[] TYPES = {0, 1, 127, 128, 255};
    private static final int[] LENGTHS = {0, 1, 255, 65_535, 65_536, 1 << 30, Integer.MAX_VALUE};

    @Test
    void aStampHoldsSequenceAndType() {
        for (long sequence : SEQUENCES) {
            for (int type : TYPES) {
                long stamp = RecordDescriptor.stamp(sequence, type);
                assertEquals(sequence, RecordDescriptor.sequence(stamp));
                assertEquals(type, RecordDescriptor.type(stamp));
            }
        }
        assertEquals(-1, RecordDescriptor.stamp(RecordDescriptor.MAX_SEQUENCE, 255));
    }

    @Test
    void stampsOrderAsTheirSequencesWhateverTheType() {
        for (int i = 1; i < SEQUENCES.length; i++) {
            for (int type : TYPES) {
                for (int otherType : TYPES) {
                    long earlier = RecordDescriptor.stamp(SEQUENCES[i - 1], type);
                    long later = RecordDescriptor.stamp(SEQUENCES[i], otherType);
                    assertTrue(Long.compareUnsigned(earlier, later) < 0);
                }
            }
        }
    }

    @Test
    void aStampOutOfRangeIsRefused() {
        for (long sequence : new long[] {-1, RecordDescriptor.MAX_SEQUENCE + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> RecordDescriptor.stamp(sequence, 0));
        }
        for (int type : new int[] {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> RecordDescriptor.stamp(0, type));
        }
    }

    @Test
    void aCellHoldsOffsetAndLengthAndIsNeverThatOfADeletedKey() {
        for (int offset : LENGTHS) {
            for (int length : LENGTHS) {
                long cell = RecordDescriptor.cell(offset, length);
                assertEquals(offset, RecordDescriptor.cellOffset(cell));
                assertEquals(length, RecordDescriptor.cellLength(cell));
                assertNotEquals(RecordDescriptor.DELETED, cell);
            }
        }
    }

    @Test
    void aHeaderHoldsKindAndLengthsAndIsNeverPoison() {
        for (int kind : new int[] {RecordDescriptor.KIND_RECORD, RecordDescriptor.KIND_VALUE}) {
            for (int keyLength : new int[] {0, 1, 255, 256, 0x8000, RecordDescriptor.MAX_KEY_LENGTH}) {
                for (int valueLength : LENGTHS) {
                    long header = RecordDescriptor.header(kind, keyLength, valueLength);
                    assertEquals(kind, RecordDescriptor.kind(header));
                    assertEquals(keyLength, RecordDescriptor.keyLength(header));
                    assertEquals(valueLength, RecordDescriptor.valueLength(header));
                    assertNotEquals(0xDBDB_DBDB_DBDB_DBDBL, header);
                }
            }
        }
    }

    @Test
    void theLengthOfARecordDoesNotOverflow() {
        assertEquals(8, RecordDescriptor.recordLength(0, 0, 0));
        assertEquals(16L + 3 + 4, RecordDescriptor.recordLength(8, 3, 4));
        assertEquals(24L + 65_535 + Integer.MAX_VALUE, RecordDescriptor.recordLength(16, 65_535, Integer.MAX_VALUE));
    }
}
