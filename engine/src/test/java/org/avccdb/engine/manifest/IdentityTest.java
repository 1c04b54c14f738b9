package org.avccdb.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.VersionOrder;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Random RANDOM = new Random(1);

    @Test
    void everyIdentityIsReadAsItWasWritten() {
        for (final VersionOrder order : VersionOrder.values()) {
            for (final boolean authenticated : new boolean[] {false, true}) {
                final Identity identity = new Identity(
                        Samples.bytes(RANDOM, Identity.ID_LENGTH),
                        order,
                        authenticated,
                        Identity.BYTE_ORDER,
                        Identity.SHA_256,
                        Identity.FORMAT,
                        RANDOM.nextLong(),
                        0);
                final long manifest = 1L + RANDOM.nextInt(1000);
                assertEquals(
                        new CurrentDescriptor.Current(identity, manifest),
                        CurrentDescriptor.decode(CurrentDescriptor.encode(identity, manifest)));
                assertEquals(
                        new CurrentDescriptor.Current(identity, manifest),
                        ManifestDescriptor.decodeHeader(ManifestDescriptor.header(identity, manifest), manifest));
            }
        }
    }

    @Test
    void identitiesAreComparedByContent() {
        assertEquals(Samples.identity(), Samples.identity());
        assertEquals(Samples.identity().hashCode(), Samples.identity().hashCode());
        final byte[] other = Samples.identity().databaseId().clone();
        other[5]++;
        assertTrue(!Identity.of(other, VersionOrder.MONOTONE, true).equals(Samples.identity()));
        assertTrue(!Identity.of(Samples.identity().databaseId(), VersionOrder.ARBITRARY, true)
                .equals(Samples.identity()));
        assertTrue(!Identity.of(Samples.identity().databaseId(), VersionOrder.MONOTONE, false)
                .equals(Samples.identity()));
    }

    @Test
    void aDatabaseIdHasSixteenBytes() {
        assertThrows(IllegalArgumentException.class, () -> Identity.of(new byte[15], VersionOrder.ARBITRARY, true));
    }

    @Test
    void everyFlippedBitIsFound() {
        final byte[] sound = CurrentDescriptor.encode(Samples.identity(), 5);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            final byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            final CorruptionException found =
                    assertThrows(CorruptionException.class, () -> CurrentDescriptor.decode(damaged), "bit " + bit);
            assertEquals("CURRENT", found.file());
        }
    }

    @Test
    void otherLengthsAreRefused() {
        final byte[] sound = CurrentDescriptor.encode(Samples.identity(), 5);
        for (int length = 0; length < 2 * sound.length; length++) {
            if (length != sound.length) {
                final byte[] damaged = Arrays.copyOf(sound, length);
                assertThrows(CorruptionException.class, () -> CurrentDescriptor.decode(damaged), "length " + length);
            }
        }
    }

    @Test
    void whatANewerReleaseWroteIsRefusedWithAWordOnIt() {
        refused("format 2", buffer -> buffer.putInt(CurrentDescriptor.IDENTITY_OFFSET, 2));
        refused("feature bits 0x4", buffer -> buffer.putLong(CurrentDescriptor.IDENTITY_OFFSET + 16, 4));
        refused("comparator 9", buffer -> buffer.putByte(CurrentDescriptor.IDENTITY_OFFSET + 4, (byte) 9));
        refused("hash 9", buffer -> buffer.putByte(CurrentDescriptor.IDENTITY_OFFSET + 5, (byte) 9));
        refused("version order 2", buffer -> buffer.putByte(CurrentDescriptor.IDENTITY_OFFSET + 6, (byte) 2));
        refused("authentication 2", buffer -> buffer.putByte(CurrentDescriptor.IDENTITY_OFFSET + 7, (byte) 2));
        refused("no manifest 0", buffer -> buffer.putLong(CurrentDescriptor.NUMBER_OFFSET, 0));
        refused("not zero", buffer -> buffer.putByte(CurrentDescriptor.ZERO_OFFSET, (byte) 1));
    }

    private static void refused(final String why, final Consumer<UnsafeBuffer> change) {
        final byte[] bytes = CurrentDescriptor.encode(Samples.identity(), 5);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        change.accept(buffer);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CurrentDescriptor.CRC_OFFSET);
        buffer.putInt(CurrentDescriptor.CRC_OFFSET, (int) crc.getValue());
        final CorruptionException refusal =
                assertThrows(CorruptionException.class, () -> CurrentDescriptor.decode(bytes));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
