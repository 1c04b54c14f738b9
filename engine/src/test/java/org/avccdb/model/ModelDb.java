package org.avccdb.model;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.avccdb.VersionOrderException;
import org.avccdb.VersionedValue;

/** A database as it should be: a sorted map, changed by the words of the API alone. One thread uses it. */
public final class ModelDb {
    private final boolean monotone;
    private ModelState state;
    /** The map of the state may be changed only where nobody else has the state. */
    private boolean shared = true;

    public ModelDb(boolean monotone, ModelState start) {
        this.monotone = monotone;
        this.state = start;
    }

    /** What it holds now; cheap, and never changes. */
    public ModelState state() {
        shared = true;
        return state;
    }

    /**
     * Carries out changes, all or none.
     *
     * @param position the caller's number that comes with them, or null
     * @return the sequence number of the last record
     * @throws VersionOrderException if the order of versions forbids one of them
     */
    public long write(List<Change> changes, Long position) {
        long highest = state.highestVersion();
        for (Change change : changes) {
            if (change instanceof Change.Put put) {
                long version = put.version();
                if (monotone && (version == 0 || version < highest)) {
                    throw new VersionOrderException(version + " after " + highest);
                }
                highest = Math.max(highest, version);
            }
        }
        NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys =
                shared ? new TreeMap<>(state.keys()) : state.keys();
        shared = false;
        long sequence = state.sequence();
        for (Change change : changes) {
            apply(keys, change, ++sequence);
        }
        state = new ModelState(keys, sequence, position == null ? state.appliedPosition() : position, highest);
        return sequence;
    }

    private static void apply(
            NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys, Change change, long sequence) {
        if (change instanceof Change.Delete) {
            keys.remove(change.key());
            return;
        }
        NavigableMap<Long, VersionedValue> before = keys.get(change.key());
        NavigableMap<Long, VersionedValue> versions = before == null ? new TreeMap<>() : new TreeMap<>(before);
        if (change instanceof Change.Put put) {
            versions.put(put.version(), new VersionedValue(put.value().bytes(), put.version(), sequence));
        } else {
            versions.remove(((Change.DeleteVersion) change).version());
        }
        if (versions.isEmpty()) {
            keys.remove(change.key());
        } else {
            keys.put(change.key(), versions);
        }
    }

    /** Takes over numbers that a rebuilt database has lost. */
    public void continueFrom(long sequence, long appliedPosition, long highestVersion) {
        state = new ModelState(state.keys(), sequence, appliedPosition, highestVersion);
    }
}
