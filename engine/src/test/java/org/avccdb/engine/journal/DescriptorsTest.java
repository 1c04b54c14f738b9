package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of the layouts, which may not change without a new format. */
class DescriptorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void segmentHeader() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SegmentDescriptor.HEADER_LENGTH]);
        SegmentDescriptor.encode(buffer, 0x0102030405060708L, Fixture.ID, 0x11223344556677L, 7, 4711, new Checksum());

        assertEquals(
                "4156434a524e4c31" + "6bbcd588" + "01000000" + "00000000" + "67120000" + "0807060504030201"
                        + "0102030405060708090a0b0c0d0e0f10" + "7766554433221100" + "0700000000000000",
                HEX.formatHex(buffer.byteArray()));
    }

    @Test
    void recordHead() {
        final UnsafeBuffer head = GroupDescriptor.sealedHead(0x0102030405060708L, Fixture.ID);
        GroupDescriptor.encode(head, 0x40, 1, 0x0A0B0C0D, 100, 3, 64, 0x11223344556677L, new Checksum());

        assertEquals(
                "a832abdf" + "0d0c0b0a" + "64000000" + "01" + "00" + "0000" + "03000000" + "40000000"
                        + "7766554433221100" + "0807060504030201",
                HEX.formatHex(head.byteArray(), 0, GroupDescriptor.HEADER_LENGTH));
    }
}
