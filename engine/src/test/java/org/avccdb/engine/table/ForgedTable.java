package org.avccdb.engine.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.avccdb.Compression;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;

/** Writes a table of a database anew, with other records and with checks that are right. */
public final class ForgedTable {
    /** What the forger does about the root. */
    public enum Root {
        /** The one of the records that are there now. */
        OWN,
        /** None at all. */
        NONE,
        /** The one that the table had, with a tree of what is there now. */
        STOLEN,
        /** The one that the table had, and its tree. */
        STOLEN_WITH_TREE
    }

    private ForgedTable() {}

    /**
     * Replaces the file of a table.
     *
     * @param blockBytes what the database writes tables with, without compression
     * @param forgery gives the value of each record, as long as it was
     * @return whether any is another one
     */
    public static boolean write(
            Storage storage, long number, int blockBytes, Root root, UnaryOperator<byte[]> forgery) {
        List<TestRecord> records = new ArrayList<>();
        byte[] before = TableBytes.read(storage, number);
        TableReader reader = TableReader.open(storage, number, null, false);
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        while (cursor.next()) {
            records.add(TestRecord.of(cursor));
        }
        cursor.detach();
        TableOrigin origin = reader.properties().origin();
        reader.close();
        TableSettings settings =
                new TableSettings(blockBytes, 4, Compression.NONE, 10, root != Root.NONE, HashWorker.NONE);
        TableWriter writer = new TableWriter(storage, number, settings, new MemoryLedger(Long.MAX_VALUE));
        boolean changed = false;
        for (TestRecord record : records) {
            byte[] value = record.value().length == 0 ? record.value() : forgery.apply(record.value());
            changed |= !java.util.Arrays.equals(value, record.value());
            TestTable.add(writer, new TestRecord(record.key(), record.version(), record.stamp(), value));
        }
        writer.finish(origin.level(), origin.replaced(), origin.group(), origin.groupSize());
        if (root == Root.STOLEN || root == Root.STOLEN_WITH_TREE) {
            byte[] now = TableBytes.read(storage, number);
            if (now.length != before.length) {
                throw new AssertionError("a forgery of " + now.length + " bytes for " + before.length);
            }
            steal(before, now, root == Root.STOLEN_WITH_TREE);
            TableBytes.write(storage, number, now);
        }
        return changed;
    }

    private static void steal(byte[] before, byte[] now, boolean withTree) {
        FooterDescriptor.Footer was = TableBytes.footer(before);
        FooterDescriptor.Footer is = TableBytes.footer(now);
        if (withTree) {
            System.arraycopy(
                    before, (int) was.rows().offset(), now, (int) is.rows().offset(), (int)
                            is.rows().length());
        }
        byte[] footer = FooterDescriptor.encode(new FooterDescriptor.Footer(
                is.filter(), is.index(), is.rows(), is.properties(), was.root(), is.table()));
        System.arraycopy(footer, 0, now, now.length - footer.length, footer.length);
    }

    /**
     * Changes a byte of a block, which passes its check all the same.
     *
     * @return false if there is no block, but for its check
     */
    public static boolean changeByte(Storage storage, long number, int position) {
        TableReader reader = TableReader.open(storage, number, null, false);
        int block = reader.index().blocks() - 1;
        while (reader.index().offset(block) > position) {
            block--;
        }
        int offset = (int) reader.index().offset(block);
        int length = reader.index().storedLength(block);
        reader.close();
        if (position >= offset + length - Integer.BYTES) {
            return false;
        }
        byte[] table = TableBytes.read(storage, number);
        table[position] ^= 0x10;
        TableBytes.mend(table, number, offset, length);
        TableBytes.write(storage, number, table);
        return true;
    }

    /** The same records in the same file, of which the footer tells another root. */
    public static void changeRootAlone(Storage storage, long number) {
        byte[] table = TableBytes.read(storage, number);
        FooterDescriptor.Footer footer = TableBytes.footer(table);
        byte[] root = footer.root().clone();
        root[0] ^= 1;
        byte[] changed = FooterDescriptor.encode(new FooterDescriptor.Footer(
                footer.filter(), footer.index(), footer.rows(), footer.properties(), root, footer.table()));
        System.arraycopy(changed, 0, table, table.length - changed.length, changed.length);
        TableBytes.write(storage, number, table);
    }
}
