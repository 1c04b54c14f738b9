package org.avccdb.memdb;

import org.agrona.DirectBuffer;

/** The buffers through which one reader at a time is shown an entry; reused, so that showing makes no garbage. */
final class FindViews {
    private final MemoryView key = new MemoryView();
    private final MemoryView value = new MemoryView();

    boolean find(
            final SkipList list,
            final DirectBuffer probe,
            final int offset,
            final int length,
            final EntryConsumer consumer) {
        final NativeMemory memory = list.memory();
        int record = list.findFirst(probe.byteArray(), NativeMemory.addressOf(probe, offset), length, 0, 0);
        long cell = record == Arena.NONE ? RecordDescriptor.DELETED : list.valueCell(record);
        if (record != Arena.NONE && cell == RecordDescriptor.DELETED) {
            final SkipListIterator live = new SkipListIterator(list);
            live.seek(probe.byteArray(), NativeMemory.addressOf(probe, offset), length, 0, 0);
            while (live.isValid()) {
                record = live.record();
                cell = list.valueCell(record);
                if (cell != RecordDescriptor.DELETED) {
                    break;
                }
                live.next();
            }
        }
        if (cell == RecordDescriptor.DELETED) {
            return false;
        }
        final int keyLength = list.keyLength(record);
        final int valueLength = RecordDescriptor.cellLength(cell);
        key.show(memory, list.keyOffset(record), keyLength);
        value.show(memory, RecordDescriptor.cellOffset(cell), valueLength);
        consumer.accept(key, 0, keyLength, value, 0, valueLength);
        return true;
    }

    void showNothing() {
        key.showNothing();
        value.showNothing();
    }
}
