package org.avccdb.bench.engines;

import static org.lmdbjava.EnvFlags.MDB_NOSYNC;
import static org.lmdbjava.EnvFlags.MDB_NOTLS;

import java.nio.ByteBuffer;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;

/** LMDB. It has no background work and no levels. */
final class LmdbStore implements Store {
    private static final long LEAST_MAP_BYTES = 1L << 30;
    /** Pages are half full after random puts, and old ones wait to be free. */
    private static final int ROOM_FACTOR = 6;

    private static final int RECORD_OVERHEAD = 32;
    private static final int MAX_READERS = 512;

    private final StoreSettings settings;
    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> dbi;

    LmdbStore(final StoreSettings settings) {
        this.settings = settings;
        final long content = settings.expectedRecords()
                * (settings.keyBytes() + Long.BYTES + settings.valueBytes() + RECORD_OVERHEAD);
        final EnvFlags[] flags = settings.durability() == Durability.SYNC
                ? new EnvFlags[] {MDB_NOTLS}
                : new EnvFlags[] {MDB_NOTLS, MDB_NOSYNC};
        env = Env.create()
                .setMapSize(Math.max(LEAST_MAP_BYTES, content * ROOM_FACTOR))
                .setMaxReaders(MAX_READERS)
                .open(settings.directory().toFile(), flags);
        dbi = env.openDbi((byte[]) null, DbiFlags.MDB_CREATE);
    }

    @Override
    public Session session() {
        return new LmdbSession(env, dbi, settings);
    }

    @Override
    public void settle() {}

    @Override
    public String describe() {
        return env.stat().toString();
    }

    @Override
    public void close() {
        env.close();
    }
}
