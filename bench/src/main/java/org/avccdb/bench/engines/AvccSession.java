package org.avccdb.bench.engines;

import org.agrona.DirectBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;

/** Uses the forms of the API that make no garbage. */
final class AvccSession extends BufferedSession {
    private final AvccDb db;
    private final WriteOptions how;
    private final WriteBatch batch = new WriteBatch();
    private final byte[] from;

    AvccSession(final AvccDb db, final WriteOptions how, final StoreSettings settings) {
        super(settings);
        this.db = db;
        this.how = how;
        this.from = new byte[settings.keyBytes()];
    }

    @Override
    public void put(final long version) {
        db.put(buffers.key, 0, buffers.key.capacity(), buffers.value, 0, buffers.value.capacity(), version, how);
    }

    @Override
    public long submit(final long version) {
        return db.submitPut(
                buffers.key, 0, buffers.key.capacity(), buffers.value, 0, buffers.value.capacity(), version, how);
    }

    @Override
    public void await(final long ticket) {
        db.await(ticket);
    }

    @Override
    public void addToBatch() {
        batch.put(buffers.key, 0, buffers.key.capacity(), buffers.value, 0, buffers.value.capacity(), 0);
    }

    @Override
    public void writeBatch() {
        db.write(batch, how);
        batch.clear();
    }

    @Override
    public int get() {
        return db.get(buffers.key, 0, buffers.key.capacity(), buffers.answer, 0);
    }

    @Override
    public int getAsOf(final long version) {
        return db.getAsOf(buffers.key, 0, buffers.key.capacity(), version, buffers.answer, 0);
    }

    @Override
    public int scan(final int limit) {
        int records = 0;
        buffers.key.getBytes(0, from);
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            for (boolean here = cursor.seek(from); here && records < limit; here = cursor.next()) {
                touch(cursor);
                records++;
            }
        }
        return records;
    }

    @Override
    public long scanAll() {
        long records = 0;
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            while (cursor.next()) {
                touch(cursor);
                records++;
            }
        }
        return records;
    }

    private void touch(final Cursor cursor) {
        final DirectBuffer value = cursor.value();
        use(cursor.key().capacity() + value.capacity() + (value.capacity() == 0 ? 0 : value.getByte(0)));
    }
}
