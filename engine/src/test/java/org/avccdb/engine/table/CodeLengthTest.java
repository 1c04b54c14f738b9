package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Methods that are to be compiled for themselves are longer than what the JVM inlines. */
class CodeLengthTest {
    /** The most that is inlined where it is called often: the usual FreqInlineSize. */
    private static final int MOST_INLINED = 325;

    @Test
    void whatUnpacksABlockIsNotCompiledIntoAllThatMayMissOne() throws IOException {
        Map<String, Integer> lengths = codeLengths(BlockLoader.class);
        assertTrue(lengths.get("loadPacked") > MOST_INLINED, lengths::toString);
        assertTrue(lengths.get("load") < MOST_INLINED, lengths::toString);
    }

    /** Bytes of code of the methods of a class, by their names. */
    private static Map<String, Integer> codeLengths(final Class<?> of) throws IOException {
        try (DataInputStream in = new DataInputStream(of.getResourceAsStream(of.getSimpleName() + ".class"))) {
            assertEquals(0xCAFEBABE, in.readInt());
            in.skipBytes(4);
            String[] names = constants(in);
            in.skipBytes(6);
            in.skipBytes(2 * in.readUnsignedShort());
            members(in, names, new HashMap<>());
            Map<String, Integer> lengths = new HashMap<>();
            members(in, names, lengths);
            return lengths;
        }
    }

    private static String[] constants(final DataInputStream in) throws IOException {
        String[] names = new String[in.readUnsignedShort()];
        for (int i = 1; i < names.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> names[i] = in.readUTF();
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                default -> in.skipBytes(4);
            }
        }
        return names;
    }

    private static void members(final DataInputStream in, final String[] names, final Map<String, Integer> lengths)
            throws IOException {
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipBytes(2);
            String name = names[in.readUnsignedShort()];
            in.skipBytes(2);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                boolean isCode = names[in.readUnsignedShort()].equals("Code");
                byte[] attribute = new byte[in.readInt()];
                in.readFully(attribute);
                if (isCode) {
                    lengths.put(name, ByteBuffer.wrap(attribute).getInt(4));
                }
            }
        }
    }
}
