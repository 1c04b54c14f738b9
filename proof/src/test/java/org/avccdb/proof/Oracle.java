package org.avccdb.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is live, by carrying out all writes in their order. */
final class Oracle {
    final NavigableMap<byte[], NavigableMap<Long, Rec>> keys = new TreeMap<>(Arrays::compareUnsigned);

    Oracle(List<Rec> writes) {
        for (Rec write : writes) {
            NavigableMap<Long, Rec> versions = keys.computeIfAbsent(write.key, k -> new TreeMap<>());
            if (write.type == 1) {
                versions.put(write.version, write);
            } else if (write.type == 2) {
                versions.clear();
            } else {
                versions.remove(write.version);
            }
        }
    }

    List<Rec> history(byte[] key, long min, long max) {
        NavigableMap<Long, Rec> versions = keys.getOrDefault(key, new TreeMap<>());
        return min > max
                ? List.of()
                : List.copyOf(versions.subMap(min, true, max, true).values());
    }

    /** The live record with the highest version in the interval, or null. */
    Rec last(byte[] key, long min, long max) {
        List<Rec> history = history(key, min, max);
        return history.isEmpty() ? null : history.get(history.size() - 1);
    }

    List<Rec> range(byte[] from, byte[] to) {
        List<Rec> entries = new ArrayList<>();
        keys.forEach((key, versions) -> {
            boolean within =
                    Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
            if (within && !versions.isEmpty()) {
                entries.add(versions.lastEntry().getValue());
            }
        });
        return entries;
    }
}
