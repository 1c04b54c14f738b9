package org.avccdb.engine.compaction;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.RecordView;
import org.avccdb.engine.table.RecordDigest;

/** A run that is a list. */
final class ListInput implements MergeInput, RecordView {
    private final List<TestRecord> records;
    private final UnsafeBuffer key = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer value = new UnsafeBuffer(0, 0);
    private final MergeRecord record = new MergeRecord();
    private int at = -1;

    ListInput(final List<TestRecord> records) {
        this.records = records;
    }

    @Override
    public boolean next() {
        at++;
        if (at >= records.size()) {
            key.wrap(0, 0);
            return false;
        }
        // A new place each time, as in a table whose next block is shown.
        key.wrap(records.get(at).key().clone());
        value.wrap(records.get(at).value());
        record.show(this);
        return true;
    }

    @Override
    public MergeRecord record() {
        return record;
    }

    @Override
    public long digest() {
        return RecordDigest.of(record);
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    @Override
    public DirectBuffer keyBuffer() {
        return key;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return records.get(at).key().length;
    }

    @Override
    public long version() {
        return records.get(at).version();
    }

    @Override
    public long stamp() {
        return records.get(at).stamp();
    }

    @Override
    public DirectBuffer valueBuffer() {
        return value;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return records.get(at).value().length;
    }
}
