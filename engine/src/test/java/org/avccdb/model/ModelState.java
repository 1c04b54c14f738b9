package org.avccdb.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.avccdb.VersionedValue;

/**
 * What a database holds at one moment: the live records, and where its numbers have come to. Immutable, and so simple that it
 * can be believed: what the engine says is compared with this.
 */
public final class ModelState {
    /** The versions of each live key; none is empty, none is ever changed. */
    private final NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys;

    private final long sequence;
    private final long appliedPosition;
    private final long highestVersion;

    ModelState(
            NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys,
            long sequence,
            long appliedPosition,
            long highestVersion) {
        this.keys = keys;
        this.sequence = sequence;
        this.appliedPosition = appliedPosition;
        this.highestVersion = highestVersion;
    }

    /** A database without records. */
    public static ModelState empty() {
        return new ModelState(new TreeMap<>(), 0, 0, 0);
    }

    /** These live records, up to a sequence number; nobody changes the maps any more. */
    public static ModelState of(NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys, long sequence) {
        return new ModelState(keys, sequence, 0, 0);
    }

    NavigableMap<Key, NavigableMap<Long, VersionedValue>> keys() {
        return keys;
    }

    /** The number of the last record that was written. */
    public long sequence() {
        return sequence;
    }

    /** Of the last batch that carried one. */
    public long appliedPosition() {
        return appliedPosition;
    }

    /** The highest version that was ever put. */
    public long highestVersion() {
        return highestVersion;
    }

    /** The highest sequence number of a live record; 0 if there is none. */
    public long highestLiveSequence() {
        long highest = 0;
        for (NavigableMap<Long, VersionedValue> versions : keys.values()) {
            for (VersionedValue value : versions.values()) {
                highest = Math.max(highest, value.sequence());
            }
        }
        return highest;
    }

    public List<Key> liveKeys() {
        return new ArrayList<>(keys.keySet());
    }

    /** The live record with the highest version; null if there is none. */
    public VersionedValue latest(Key key) {
        NavigableMap<Long, VersionedValue> versions = keys.get(key);
        return versions == null ? null : versions.lastEntry().getValue();
    }

    /** The record of exactly this version, of the latest where the version is 0; null if there is none. */
    public VersionedValue exact(Key key, long version) {
        NavigableMap<Long, VersionedValue> versions = keys.get(key);
        return versions == null || version == 0 ? latest(key) : versions.get(version);
    }

    /** The record with the highest version that is not above; null if there is none. */
    public VersionedValue asOf(Key key, long version) {
        NavigableMap<Long, VersionedValue> versions = keys.get(key);
        Map.Entry<Long, VersionedValue> floor = versions == null ? null : versions.floorEntry(version);
        return floor == null ? null : floor.getValue();
    }

    /** The records in an interval of versions, ascending; a highest version of 0 is no bound. */
    public List<VersionedValue> history(Key key, long min, long max) {
        long highest = max == 0 ? Long.MAX_VALUE : max;
        NavigableMap<Long, VersionedValue> versions = keys.get(key);
        return versions == null || min > highest
                ? List.of()
                : List.copyOf(versions.subMap(min, true, highest, true).values());
    }

    /** The latest record of each live key. */
    public List<Entry> latestIn(Range range) {
        List<Entry> entries = new ArrayList<>();
        keys.forEach((key, versions) -> {
            if (range.contains(key)) {
                entries.add(new Entry(key, versions.lastEntry().getValue()));
            }
        });
        return entries;
    }

    /** All live records: keys ascending, versions of a key descending. */
    public List<Entry> versionsIn(Range range) {
        List<Entry> entries = new ArrayList<>();
        keys.forEach((key, versions) -> {
            if (range.contains(key)) {
                versions.descendingMap().values().forEach(value -> entries.add(new Entry(key, value)));
            }
        });
        return entries;
    }
}
