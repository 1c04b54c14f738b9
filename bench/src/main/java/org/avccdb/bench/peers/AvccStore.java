package org.avccdb.bench.peers;

import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;

/** Ours, with default options. */
final class AvccStore implements Store {
    private final AvccDb db;
    private final ThreadLocal<WriteBatch> batches = ThreadLocal.withInitial(WriteBatch::new);

    AvccStore(final Path directory, final Options options) {
        db = AvccDb.open(directory, options);
    }

    @Override
    public void put(final byte[] key, final byte[] value) {
        db.put(key, value);
    }

    @Override
    public void putSync(final byte[] key, final byte[] value) {
        db.put(key, value, WriteOptions.SYNC);
    }

    @Override
    public void putBatch(final byte[][] keys, final byte[][] values) {
        final WriteBatch batch = batches.get();
        batch.clear();
        for (int i = 0; i < keys.length; i++) {
            batch.put(keys[i], values[i]);
        }
        db.write(batch);
    }

    @Override
    public long submit(final byte[] key, final byte[] value) {
        return db.submitPut(key, value, 0, WriteOptions.DEFAULT);
    }

    @Override
    public void await(final long ticket) {
        db.await(ticket);
    }

    @Override
    public int get(final DirectBuffer key, final MutableDirectBuffer target) {
        return db.get(key, 0, key.capacity(), target, 0);
    }

    @Override
    public long scan() {
        long records = 0;
        long bytes = 0;
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            while (cursor.next()) {
                records++;
                bytes += cursor.key().capacity() + cursor.value().getByte(0);
            }
        }
        return bytes == 0 ? 0 : records;
    }

    @Override
    public void settle() {
        db.flush();
        final long quiet = 300_000_000L;
        long since = System.nanoTime();
        String seen = db.property("avccdb.levels");
        while (System.nanoTime() - since < quiet) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            final String now = db.property("avccdb.levels");
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
        }
    }

    String about() {
        return db.property("avccdb.levels") + db.stats();
    }

    @Override
    public void close() {
        db.close();
    }
}
