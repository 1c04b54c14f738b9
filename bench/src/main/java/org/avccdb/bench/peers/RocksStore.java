package org.avccdb.bench.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, tuned: 64 MiB write buffer, bloom filter with 10 bits, 256 MiB LRU cache, LZ4, two background jobs; the rest as it
 * comes.
 */
final class RocksStore implements Store {
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    private static final long CACHE_BYTES = 256L << 20;
    private static final int BITS_PER_KEY = 10;

    private final LRUCache cache;
    private final BloomFilter filter;
    private final Options options;
    private final RocksDB db;
    private final WriteOptions plain = new WriteOptions();
    private final WriteOptions sync = new WriteOptions().setSync(true);
    private final ReadOptions reads = new ReadOptions();
    private final ThreadLocal<ByteBuffer[]> buffers = ThreadLocal.withInitial(
            () -> new ByteBuffer[] {ByteBuffer.allocateDirect(1024), ByteBuffer.allocateDirect(4096)});

    static {
        RocksDB.loadLibrary();
    }

    RocksStore(final Path directory) {
        cache = new LRUCache(CACHE_BYTES);
        filter = new BloomFilter(BITS_PER_KEY);
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setMaxBackgroundJobs(2)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        try {
            db = RocksDB.open(options, directory.toString());
        } catch (final RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void put(final byte[] key, final byte[] value) {
        put(plain, key, value);
    }

    @Override
    public void putSync(final byte[] key, final byte[] value) {
        put(sync, key, value);
    }

    private void put(final WriteOptions how, final byte[] key, final byte[] value) {
        try {
            db.put(how, key, value);
        } catch (final RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void putBatch(final byte[][] keys, final byte[][] values) {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < keys.length; i++) {
                batch.put(keys[i], values[i]);
            }
            db.write(plain, batch);
        } catch (final RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long submit(final byte[] key, final byte[] value) {
        put(key, value);
        return 0;
    }

    @Override
    public void await(final long ticket) {}

    @Override
    public int get(final DirectBuffer key, final MutableDirectBuffer target) {
        final ByteBuffer[] mine = buffers.get();
        final ByteBuffer keyBuffer = mine[0].clear();
        key.getBytes(0, keyBuffer, key.capacity());
        keyBuffer.flip();
        final ByteBuffer valueBuffer = mine[1].clear();
        try {
            return db.get(reads, keyBuffer, valueBuffer);
        } catch (final RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long scan() {
        long records = 0;
        long bytes = 0;
        final ByteBuffer[] mine = buffers.get();
        try (RocksIterator iterator = db.newIterator(reads)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                records++;
                bytes += iterator.key(mine[0].clear()) + iterator.value(mine[1].clear());
            }
        }
        return bytes == 0 ? 0 : records;
    }

    @Override
    public void settle() {
        try {
            db.flush(new org.rocksdb.FlushOptions().setWaitForFlush(true));
            while (db.getLongProperty("rocksdb.num-running-compactions") > 0
                    || db.getLongProperty("rocksdb.compaction-pending") > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        } catch (final RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        db.close();
        plain.close();
        sync.close();
        reads.close();
        options.close();
        filter.close();
        cache.close();
    }
}
