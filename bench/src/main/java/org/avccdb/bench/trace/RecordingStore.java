package org.avccdb.bench.trace;

import java.util.List;
import java.util.Map;
import org.avccdb.bench.engines.LevelShape;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.engines.Store;

/** A store whose sessions record what they are asked. */
final class RecordingStore implements Store {
    private final Store store;
    private final Recorder recorder;

    RecordingStore(final Store store, final Recorder recorder) {
        this.store = store;
        this.recorder = recorder;
    }

    @Override
    public Session session() {
        return new RecordingSession(store.session(), recorder);
    }

    @Override
    public void settle() {
        store.settle();
    }

    @Override
    public List<LevelShape> levels() {
        return store.levels();
    }

    @Override
    public Map<String, Long> counters() {
        return store.counters();
    }

    @Override
    public boolean isJournal(final String fileName) {
        return store.isJournal(fileName);
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public void close() {
        store.close();
    }
}
