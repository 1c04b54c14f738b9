package org.avccdb.engine.compaction;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.table.RecordDigest;

/** A run that is a list. */
final class ListInput implements MergeInput {
    private final List<TestRecord> records;
    private final Shown shown = new Shown(new UnsafeBuffer(0, 0), new UnsafeBuffer(0, 0));
    private int at = -1;

    ListInput(final List<TestRecord> records) {
        this.records = records;
    }

    private static final class Shown extends ShownRecord {
        private final UnsafeBuffer key;
        private final UnsafeBuffer value;

        Shown(final UnsafeBuffer key, final UnsafeBuffer value) {
            super(key, value);
            this.key = key;
            this.value = value;
        }

        void show(final TestRecord record) {
            // A new place each time, as in a table whose next block is shown.
            key.wrap(record.key().clone());
            value.wrap(record.value());
            keyLength = record.key().length;
            valueLength = record.value().length;
            version = record.version();
            stamp = record.stamp();
        }

        void showNothing() {
            key.wrap(0, 0);
        }
    }

    @Override
    public boolean next() {
        at++;
        if (at >= records.size()) {
            shown.showNothing();
            return false;
        }
        shown.show(records.get(at));
        return true;
    }

    @Override
    public ShownRecord record() {
        return shown;
    }

    @Override
    public long digest() {
        return RecordDigest.of(shown);
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
