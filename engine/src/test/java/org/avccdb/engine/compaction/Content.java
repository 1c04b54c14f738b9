package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.engine.keys.RecordType;

/** What a set of records says, by the definition: each taken in the order of its sequence number. */
final class Content {
    private Content() {}

    /** The records that are live, in the order of runs. */
    static List<TestRecord> of(final Collection<TestRecord> records) {
        final List<TestRecord> inTime = new ArrayList<>(records);
        inTime.sort(Comparator.comparing(TestRecord::sequence));
        final Map<byte[], Map<Long, TestRecord>> live = new TreeMap<>(Arrays::compareUnsigned);
        for (final TestRecord record : inTime) {
            final Map<Long, TestRecord> versions = live.computeIfAbsent(record.key(), key -> new TreeMap<>());
            switch (record.type()) {
                case RecordType.PUT -> versions.put(record.version(), record);
                case RecordType.VERSION_DELETE -> versions.remove(record.version());
                case RecordType.KEY_DELETE -> versions.clear();
                default -> throw new IllegalArgumentException(record.toString());
            }
        }
        final List<TestRecord> content = new ArrayList<>();
        live.values().forEach(versions -> content.addAll(versions.values()));
        content.sort(TestRecord.ORDER);
        return content;
    }
}
