package org.avccdb.bench.engines;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines that can be measured. */
public enum EngineKind {
    /** This project's database. */
    AVCCDB(
            "avccDB, default options or those of --options",
            "default: the journal is handed to the operating system; sync: fdatasync; none: noSync=true"),
    /** RocksDB as it comes. */
    ROCKSDB("RocksDB, default options", Texts.ROCKS_DURABILITY),
    /** RocksDB with what anybody would set. */
    ROCKSDB_TUNED(
            "RocksDB, 64 MiB write buffer, bloom filter of 10 bits, 256 MiB LRU cache, LZ4, 2 background jobs",
            Texts.ROCKS_DURABILITY),
    /** LMDB. */
    LMDB(
            "LMDB by lmdbjava, one write transaction for each put",
            "default and none: MDB_NOSYNC, pages are written at each commit but not synced (survives the process, and unlike"
                    + " the others a loss of power may damage the database); sync: as LMDB comes"),
    /** H2's MVStore. */
    MVSTORE(
            "H2 MVStore, 256 MiB cache",
            "default and none: its automatic commit, so the death of the process loses about a second of writes, which is"
                    + " less than the others promise; sync: commit and sync after each write");

    private final String description;
    private final String durability;

    EngineKind(final String description, final String durability) {
        this.description = description;
        this.durability = durability;
    }

    private static final class Texts {
        static final String ROCKS_DURABILITY =
                "default and none: the log is handed to the operating system; sync: fdatasync";
    }

    /** The engine of a name as it is given on the command line. */
    public static EngineKind of(final String name) {
        return Stream.of(values())
                .filter(kind -> kind.title().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '" + name + "'; there are "
                        + Stream.of(values()).map(EngineKind::title).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line and in results. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How it is set up. */
    public String description() {
        return description;
    }

    /** What a write survives, for each {@link Durability}. */
    public String durability() {
        return durability;
    }

    /** Whether it has roots and proofs. */
    public boolean proves() {
        return this == AVCCDB;
    }

    /** Opens a store. */
    public Store open(final StoreSettings settings, final Events events) {
        return switch (this) {
            case AVCCDB -> new AvccStore(settings, events);
            case ROCKSDB -> new RocksStore(settings, events, false);
            case ROCKSDB_TUNED -> new RocksStore(settings, events, true);
            case LMDB -> new LmdbStore(settings);
            case MVSTORE -> new MvStore(settings);
        };
    }
}
