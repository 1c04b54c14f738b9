package org.avccdb.bench.engines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.AvccDb;
import org.avccdb.Options;
import org.avccdb.Stats;
import org.avccdb.WriteOptions;

/** This project's database, with default options unless a file says otherwise. */
public final class AvccStore implements Store {
    private static final int COLUMN_LEVEL = 0;
    private static final int COLUMN_TABLES = 1;
    private static final int COLUMN_BYTES = 2;

    private final StoreSettings settings;
    private final Events events;
    private final AvccDb db;

    /** Opens it. */
    public AvccStore(final StoreSettings settings, final Events events) {
        this.settings = settings;
        this.events = events;
        final Options options = settings.optionsFile() == null ? Options.DEFAULT : Options.load(settings.optionsFile());
        final Options.Builder builder = options.toBuilder().eventListener(new AvccEvents(events));
        if (settings.durability() == Durability.NONE) {
            builder.noSync(true);
        }
        db = AvccDb.open(settings.directory(), builder.build());
    }

    /** The database itself, for what only it can do. */
    public AvccDb database() {
        return db;
    }

    @Override
    public Session session() {
        final WriteOptions how = settings.durability() == Durability.SYNC ? WriteOptions.SYNC : WriteOptions.DEFAULT;
        return new AvccSession(db, how, settings);
    }

    /** A compaction may take longer than the shape must stand still: it is seen by its events. */
    @Override
    public void settle() {
        db.flush();
        // What it looks at must be cheap, since its garbage is counted too.
        if (!new Settling(this::isWorking, () -> events.counters().toString()).await()) {
            throw new EngineException("background work has not got on for long:\n" + db.property("avccdb.levels"));
        }
    }

    /** What has failed is tried again, but then what is measured is not the engine alone. */
    private boolean isWorking() {
        if (events.failure() != null) {
            throw new EngineException("background work has failed: " + events.failure());
        }
        return !events.isQuiet();
    }

    @Override
    public List<LevelShape> levels() {
        final List<LevelShape> levels = new ArrayList<>();
        db.property("avccdb.levels").lines().skip(1).forEach(line -> {
            final String[] columns = line.strip().split("\\s+", -1);
            final LevelShape level = new LevelShape(
                    Integer.parseInt(columns[COLUMN_LEVEL]),
                    Long.parseLong(columns[COLUMN_TABLES]),
                    Long.parseLong(columns[COLUMN_BYTES]));
            if (level.tables() > 0) {
                levels.add(level);
            }
        });
        return levels;
    }

    @Override
    public Map<String, Long> counters() {
        final Stats stats = db.stats();
        final Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("bytesWritten", stats.files().bytesWritten());
        counters.put("journalBytes", stats.writes().bytes());
        counters.put("mergeGroups", stats.writes().mergeGroups());
        counters.put("journalSyncs", stats.journal().syncs());
        counters.put("rotations", stats.journal().rotations());
        counters.put("delays", stats.writes().delays());
        counters.put("delayNanos", stats.writes().delayNanos());
        counters.put("pauses", stats.writes().pauses());
        counters.put("pauseNanos", stats.writes().pauseNanos());
        counters.put("flushes", stats.compactions().flushes());
        counters.put("compactionsOfLevel0", stats.compactions().ofLevel0());
        counters.put("compactionsOfDeeperLevels", stats.compactions().ofDeeperLevels());
        counters.put("moves", stats.compactions().moves());
        return counters;
    }

    @Override
    public boolean isJournal(final String fileName) {
        return fileName.endsWith(".journal") || fileName.endsWith(".spare");
    }

    @Override
    public String describe() {
        return db.property("avccdb.levels") + db.stats();
    }

    @Override
    public void close() {
        db.close();
    }
}
