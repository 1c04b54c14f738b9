package org.avccdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was written to a database, write by write, and what is in it after each of them. Keys and values are Latin-1. */
final class WriteHistory {
    enum Kind {
        PUT,
        DELETE,
        DELETE_VERSION
    }

    /** A part of a write. */
    record Change(Kind kind, String key, long version, String value) {}

    /** A record that is not hidden. */
    record Row(String key, long version, long sequence, String value) {
        @Override
        public String toString() {
            return key + "@" + version + "#" + sequence + " (" + value.length() + ")";
        }
    }

    private final List<List<Row>> states = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private TreeMap<String, TreeMap<Long, Row>> live = new TreeMap<>();

    WriteHistory() {
        states.add(List.of());
        sequences.add(0L);
    }

    /** The first so many writes, to go on from there. */
    WriteHistory upTo(int writes) {
        WriteHistory prefix = new WriteHistory();
        prefix.states.clear();
        prefix.sequences.clear();
        prefix.states.addAll(states.subList(0, writes + 1));
        prefix.sequences.addAll(sequences.subList(0, writes + 1));
        for (Row row : states.get(writes)) {
            prefix.versions(row.key()).put(row.version(), row);
        }
        return prefix;
    }

    private NavigableMap<Long, Row> versions(String key) {
        return live.computeIfAbsent(key, unused -> new TreeMap<>(Collections.reverseOrder()));
    }

    /** Adds a write, which takes effect as a whole. */
    void add(List<Change> changes) {
        long sequence = lastSequence();
        for (Change change : changes) {
            sequence++;
            switch (change.kind()) {
                case PUT ->
                    versions(change.key())
                            .put(change.version(), new Row(change.key(), change.version(), sequence, change.value()));
                case DELETE -> live.remove(change.key());
                case DELETE_VERSION -> versions(change.key()).remove(change.version());
            }
        }
        List<Row> rows = new ArrayList<>();
        live.values().forEach(versions -> rows.addAll(versions.values()));
        states.add(rows);
        sequences.add(sequence);
    }

    int writes() {
        return states.size() - 1;
    }

    long lastSequence() {
        return sequences.get(writes());
    }

    /** After how many writes this was the last sequence number; negative if after none. */
    int writesUpTo(long sequence) {
        return Collections.binarySearch(sequences, sequence);
    }

    List<Row> state(int writes) {
        return states.get(writes);
    }
}
