package org.avccdb.bench.engines;

import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** MVStore keeps the arrays it is given, so each call makes new ones. Its batches are not atomic. */
final class MvSession extends BufferedSession {
    private final MVStore store;
    private final MVMap<byte[], byte[]> map;
    private final boolean sync;
    private final List<byte[]> batch = new ArrayList<>();

    MvSession(final MVStore store, final MVMap<byte[], byte[]> map, final StoreSettings settings) {
        super(settings);
        this.store = store;
        this.map = map;
        this.sync = settings.durability() == Durability.SYNC;
    }

    private byte[] keyArray(final long version) {
        final java.nio.ByteBuffer key = buffers.keyOf(version);
        final byte[] bytes = new byte[key.remaining()];
        key.get(bytes);
        return bytes;
    }

    private byte[] valueArray() {
        final byte[] bytes = new byte[buffers.value.capacity()];
        buffers.value.getBytes(0, bytes);
        return bytes;
    }

    private void commit() {
        if (sync) {
            store.commit();
            store.sync();
        }
    }

    @Override
    public void put(final long version) {
        map.put(keyArray(version), valueArray());
        commit();
    }

    @Override
    public void addToBatch() {
        batch.add(keyArray(0));
        batch.add(valueArray());
    }

    @Override
    public void writeBatch() {
        for (int i = 0; i < batch.size(); i += 2) {
            map.put(batch.get(i), batch.get(i + 1));
        }
        batch.clear();
        commit();
    }

    @Override
    public int get() {
        return answer(map.get(keyArray(0)));
    }

    private int answer(final byte[] found) {
        if (found == null) {
            return -1;
        }
        buffers.answer.putBytes(0, found);
        return found.length;
    }

    @Override
    public int getAsOf(final long version) {
        final byte[] key = map.ceilingKey(keyArray(version));
        if (key == null) {
            return -1;
        }
        buffers.walkedKey.putBytes(0, key);
        return buffers.walkedIsVersionOfKey(key.length) ? answer(map.get(key)) : -1;
    }

    @Override
    public int scan(final int limit) {
        return (int) walk(map.cursor(keyArray(0)), limit);
    }

    @Override
    public long scanAll() {
        return walk(map.cursor(null), Long.MAX_VALUE);
    }

    private long walk(final Cursor<byte[], byte[]> cursor, final long limit) {
        long records = 0;
        while (records < limit && cursor.hasNext()) {
            use(cursor.next().length + cursor.getValue().length);
            records++;
        }
        return records;
    }
}
