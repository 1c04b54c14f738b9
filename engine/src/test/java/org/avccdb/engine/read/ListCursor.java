package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.ShownRecord;

/** A cursor over a sorted list, which shows everything in buffers that it overwrites as soon as it moves. */
final class ListCursor extends RecordCursor {
    private static final int OFFSET = 3;

    private final List<Rec> records;
    private final Shown shown;
    private int at = -1;

    ListCursor(List<Rec> records) {
        this(records, new Shown());
    }

    private ListCursor(List<Rec> records, Shown shown) {
        super(shown);
        this.shown = shown;
        this.records = new ArrayList<>(records);
        this.records.sort(Rec.ORDER);
    }

    private static final class Shown extends ShownRecord {
        private final UnsafeBuffer key;
        private final UnsafeBuffer value;

        Shown() {
            this(new UnsafeBuffer(new byte[1 << 17]), new UnsafeBuffer(new byte[1 << 17]));
        }

        private Shown(UnsafeBuffer key, UnsafeBuffer value) {
            super(key, value);
            this.key = key;
            this.value = value;
            keyOffset = OFFSET;
            valueOffset = OFFSET;
        }

        void hide() {
            key.setMemory(0, 256, (byte) 0x5A);
            value.setMemory(0, 256, (byte) 0x5A);
        }

        void show(Rec rec) {
            key.putBytes(OFFSET, rec.key());
            value.putBytes(OFFSET, rec.value());
            keyLength = rec.key().length;
            valueLength = rec.value().length;
            version = rec.version();
            stamp = rec.stamp();
        }
    }

    private boolean to(int index) {
        at = Math.max(-1, Math.min(records.size(), index));
        shown.hide();
        if (!isValid()) {
            return false;
        }
        shown.show(records.get(at));
        return true;
    }

    private int lowerBound(DirectBuffer buffer, int offset, int length, long version, long stamp) {
        byte[] wanted = new byte[length];
        buffer.getBytes(offset, wanted);
        int index = 0;
        while (index < records.size() && compare(records.get(index), wanted, version, stamp) < 0) {
            index++;
        }
        return index;
    }

    private static int compare(Rec rec, byte[] key, long version, long stamp) {
        int order = Arrays.compareUnsigned(rec.key(), key);
        return order != 0 ? order : Keys.compareWithinKey(rec.version(), rec.stamp(), version, stamp);
    }

    @Override
    public boolean first() {
        return to(0);
    }

    @Override
    public boolean last() {
        return to(records.size() - 1);
    }

    @Override
    public boolean next() {
        return to(at + 1);
    }

    @Override
    public boolean prev() {
        return to(at - 1);
    }

    @Override
    public boolean seek(DirectBuffer buffer, int offset, int length, long version, long stamp) {
        return to(lowerBound(buffer, offset, length, version, stamp));
    }

    @Override
    public boolean seekBefore(DirectBuffer buffer, int offset, int length, long version, long stamp) {
        return to(lowerBound(buffer, offset, length, version, stamp) - 1);
    }

    @Override
    public boolean isValid() {
        return at >= 0 && at < records.size();
    }
}
