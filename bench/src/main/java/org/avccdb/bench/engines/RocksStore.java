package org.avccdb.bench.engines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;

/** RocksDB, as it comes or tuned. */
final class RocksStore implements Store {
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    private static final long CACHE_BYTES = 256L << 20;
    private static final int BITS_PER_KEY = 10;
    private static final double BYTES_A_GB = 1L << 30;
    private static final int BACKGROUND_JOBS = 2;
    private static final long LOOK_NANOS = 20_000_000;
    private static final List<String> WORK = List.of(
            "rocksdb.num-running-compactions",
            "rocksdb.compaction-pending",
            "rocksdb.num-running-flushes",
            "rocksdb.mem-table-flush-pending");

    private final StoreSettings settings;
    private final Options options = new Options().setCreateIfMissing(true);
    private final List<RocksObject> parts;
    private final RocksDB db;

    static {
        RocksDB.loadLibrary();
    }

    RocksStore(final StoreSettings settings, final Events events, final boolean tuned) {
        this.settings = settings;
        final RocksEvents listener = new RocksEvents(events);
        options.setListeners(List.of(listener));
        parts = tuned ? tune() : List.of();
        try {
            db = RocksDB.open(options, settings.directory().toString());
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    private List<RocksObject> tune() {
        final LRUCache cache = new LRUCache(CACHE_BYTES);
        final BloomFilter filter = new BloomFilter(BITS_PER_KEY);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        return List.of(filter, cache);
    }

    @Override
    public Session session() {
        return new RocksSession(db, settings);
    }

    @Override
    public void settle() {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
            // Twice, because a compaction may be about to be scheduled.
            for (int quiet = 0; quiet < 2; quiet = isWorking() ? 0 : quiet + 1) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    private boolean isWorking() throws RocksDBException {
        for (final String property : WORK) {
            if (db.getLongProperty(property) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<LevelShape> levels() {
        return db.getColumnFamilyMetaData().levels().stream()
                .filter(level -> level.size() > 0)
                .map(level -> new LevelShape(level.level(), level.files().size(), level.size()))
                .collect(Collectors.toList());
    }

    /** From the figures RocksDB keeps anyway: its statistics object would slow it down. */
    @Override
    public Map<String, Long> counters() {
        final Map<String, Long> counters = new LinkedHashMap<>();
        try {
            final Map<String, String> figures = db.getMapProperty("rocksdb.cfstats");
            final Map<String, String> ofDatabase = db.getMapProperty("rocksdb.dbstats");
            final long journal = (long) number(ofDatabase, "db.wal_bytes_written");
            counters.put("bytesWritten", journal + (long) (number(figures, "compaction.Sum.WriteGB") * BYTES_A_GB));
            counters.put("journalBytes", journal);
            counters.put("journalSyncs", (long) number(ofDatabase, "db.wal_syncs"));
            counters.put("stallMicros", (long) number(ofDatabase, "db.user_write_stall_micros"));
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
        return counters;
    }

    private static double number(final Map<String, String> figures, final String name) {
        return Double.parseDouble(figures.getOrDefault(name, "0"));
    }

    @Override
    public boolean isJournal(final String fileName) {
        return fileName.endsWith(".log");
    }

    @Override
    public String describe() {
        try {
            return db.getProperty("rocksdb.stats");
        } catch (final RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void close() {
        db.close();
        options.close();
        parts.forEach(RocksObject::close);
    }
}
