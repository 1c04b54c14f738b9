package org.avccdb.bench.engines;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. It has no levels, and says nothing of its background work. */
final class MvStore implements Store {
    private static final int CACHE_MEBIBYTES = 256;

    private final StoreSettings settings;
    private final MVStore store;
    private final MVMap<byte[], byte[]> map;

    MvStore(final StoreSettings settings) {
        this.settings = settings;
        store = new MVStore.Builder()
                .fileName(settings.directory().resolve("mvstore.mv").toString())
                .cacheSize(CACHE_MEBIBYTES)
                .open();
        store.setVersionsToKeep(0);
        map = store.openMap(
                "records",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(UnsignedBytesType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public Session session() {
        return new MvSession(store, map, settings);
    }

    @Override
    public void settle() {
        store.commit();
    }

    @Override
    public String describe() {
        return map.toString();
    }

    @Override
    public void close() {
        store.close();
    }
}
