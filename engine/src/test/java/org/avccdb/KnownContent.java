package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Writes to a database and knows what it holds after each of them. Keys and values are texts of Latin-1. One thread. */
final class KnownContent {
    /** A record that lives: what a reader may see. */
    record Row(String key, long version, long sequence, String value) {}

    private final NavigableMap<Long, NavigableMap<String, NavigableMap<Long, Row>>> states = new TreeMap<>();
    private final Set<Row> everWritten = new HashSet<>();
    private final AvccDb db;
    private NavigableMap<String, NavigableMap<Long, Row>> now = new TreeMap<>();
    private long sequence;

    KnownContent(AvccDb db) {
        this.db = db;
        keep();
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private void keep() {
        states.put(sequence, new TreeMap<>(now));
    }

    void put(String key, String value, long version, WriteOptions options) {
        if (version == 0) {
            db.put(bytes(key), bytes(value), options);
        } else {
            db.putWithVersion(bytes(key), bytes(value), version, options);
        }
        noteKept(key, version, value);
        keep();
    }

    void delete(String key) {
        db.delete(bytes(key));
        sequence++;
        now.remove(key);
        keep();
    }

    void deleteVersion(String key, long version) {
        db.deleteVersion(bytes(key), version);
        sequence++;
        NavigableMap<Long, Row> versions = copyOf(key);
        versions.remove(version);
        replace(key, versions);
        keep();
    }

    /** Puts of plain values, as one write. */
    void batch(Map<String, String> puts) {
        WriteBatch batch = new WriteBatch();
        puts.forEach((key, value) -> batch.put(bytes(key), bytes(value)));
        db.write(batch);
        puts.forEach((key, value) -> noteKept(key, 0, value));
        keep();
    }

    /** The same in a transaction. */
    void transaction(Map<String, String> puts) {
        try (Transaction transaction = db.openTransaction()) {
            puts.forEach((key, value) -> transaction.put(bytes(key), bytes(value)));
            transaction.commit();
        }
        puts.forEach((key, value) -> noteKept(key, 0, value));
        keep();
    }

    /** Notes a plain value that somebody else wrote. */
    void noteWritten(String key, String value) {
        noteKept(key, 0, value);
        keep();
    }

    private void noteKept(String key, long version, String value) {
        sequence++;
        Row row = new Row(key, version, sequence, value);
        everWritten.add(row);
        NavigableMap<Long, Row> versions = copyOf(key);
        versions.put(version, row);
        replace(key, versions);
    }

    private NavigableMap<Long, Row> copyOf(String key) {
        NavigableMap<Long, Row> copy = new TreeMap<>(Comparator.<Long>reverseOrder());
        NavigableMap<Long, Row> versions = now.get(key);
        if (versions != null) {
            copy.putAll(versions);
        }
        return copy;
    }

    private void replace(String key, NavigableMap<Long, Row> versions) {
        if (versions.isEmpty()) {
            now.remove(key);
        } else {
            now.put(key, versions);
        }
    }

    long sequence() {
        return sequence;
    }

    /** Whether a write ended with this sequence number. */
    boolean isEndOfWrite(long sequence) {
        return states.containsKey(sequence);
    }

    /** Keys that lived once. */
    Set<String> keys() {
        Set<String> keys = new HashSet<>();
        everWritten.forEach(row -> keys.add(row.key));
        return keys;
    }

    boolean wasWritten(Row row) {
        return everWritten.contains(row);
    }

    /** Every live version after the write that ended with this sequence number: key ascending, version descending. */
    List<Row> rows(long sequence) {
        List<Row> rows = new ArrayList<>();
        states.get(sequence).values().forEach(versions -> rows.addAll(versions.values()));
        return rows;
    }

    /** The latest of every live key. */
    List<Row> latest(long sequence) {
        List<Row> rows = new ArrayList<>();
        states.get(sequence)
                .values()
                .forEach(versions -> rows.add(versions.firstEntry().getValue()));
        return rows;
    }

    /** Live versions of a key, descending. */
    List<Row> versions(long sequence, String key) {
        NavigableMap<Long, Row> versions = states.get(sequence).get(key);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }
}
