package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.ReadFile;
import org.avccdb.engine.storage.Storage;

/** The bytes of a table's file, to be changed by those who know how to make them pass their checks again. */
final class TableBytes {
    private TableBytes() {}

    static byte[] read(Storage storage, long number) {
        try (ReadFile file = storage.open(FileNames.table(number))) {
            byte[] bytes = new byte[(int) file.length()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    static void write(Storage storage, long number, byte[] bytes) {
        try (AppendFile file = storage.create(FileNames.table(number))) {
            file.append(new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }

    static FooterDescriptor.Footer footer(byte[] table) {
        return FooterDescriptor.decode(Arrays.copyOfRange(table, table.length - FooterDescriptor.LENGTH, table.length));
    }

    /** Gives a block or section the check that its bytes ask for. */
    static void mend(byte[] table, int offset, int storedLength) {
        mend(table, TestTable.NUMBER, offset, storedLength);
    }

    static void mend(byte[] table, long number, int offset, int storedLength) {
        CRC32C crc = new CRC32C();
        crc.update(table, offset, storedLength - Integer.BYTES);
        int check = (int) crc.getValue() ^ BlockDescriptor.mask(number, offset);
        new UnsafeBuffer(table).putInt(offset + storedLength - Integer.BYTES, check, LITTLE_ENDIAN);
    }

    static void mendFooter(byte[] table) {
        int start = table.length - FooterDescriptor.LENGTH;
        CRC32C crc = new CRC32C();
        crc.update(table, start, 132);
        new UnsafeBuffer(table).putInt(start + 132, (int) crc.getValue(), LITTLE_ENDIAN);
    }
}
