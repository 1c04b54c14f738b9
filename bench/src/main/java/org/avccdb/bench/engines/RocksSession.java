package org.avccdb.bench.engines;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Uses direct buffers, the fastest way into RocksDB from Java. */
final class RocksSession extends BufferedSession {
    private final RocksDB db;
    private final WriteOptions how = new WriteOptions();
    private final ReadOptions reads = new ReadOptions();
    private final WriteBatch batch = new WriteBatch();

    RocksSession(final RocksDB db, final StoreSettings settings) {
        super(settings);
        this.db = db;
        how.setSync(settings.durability() == Durability.SYNC);
    }

    @Override
    public void put(final long version) {
        try {
            db.put(how, buffers.keyOf(version), buffers.valueBytes.clear());
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void addToBatch() {
        try {
            batch.put(buffers.keyBytes.clear(), buffers.valueBytes.clear());
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void writeBatch() {
        try {
            db.write(how, batch);
            batch.clear();
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public int get() {
        try {
            return db.get(reads, buffers.keyBytes.clear(), buffers.answerBytes.clear());
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public int getAsOf(final long version) {
        try (RocksIterator iterator = db.newIterator(reads)) {
            iterator.seek(buffers.keyOf(version));
            if (!iterator.isValid() || !buffers.walkedIsVersionOfKey(iterator.key(buffers.walkedKeyBytes.clear()))) {
                return -1;
            }
            return iterator.value(buffers.answerBytes.clear());
        }
    }

    @Override
    public int scan(final int limit) {
        int records = 0;
        try (RocksIterator iterator = db.newIterator(reads)) {
            for (iterator.seek(buffers.keyBytes.clear()); records < limit && iterator.isValid(); iterator.next()) {
                touch(iterator);
                records++;
            }
        }
        return records;
    }

    @Override
    public long scanAll() {
        long records = 0;
        try (RocksIterator iterator = db.newIterator(reads)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                touch(iterator);
                records++;
            }
        }
        return records;
    }

    private void touch(final RocksIterator iterator) {
        iterator.key(buffers.walkedKeyBytes.clear());
        iterator.value(buffers.answerBytes.clear());
    }

    @Override
    public void close() {
        batch.close();
        reads.close();
        how.close();
        super.close();
    }
}
