package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks how a list that nobody is writing is built. Much of it no search would miss: a list with a broken upper level finds
 * everything, slowly.
 */
final class SkipListShape {
    private SkipListShape() {}

    static void check(SkipList list) {
        NativeMemory memory = list.memory();
        List<Integer> nodes = nodesOf(list, 0);
        for (int level = 1; level < LeafDescriptor.MAX_HEIGHT; level++) {
            int above = level;
            List<Integer> tall = nodes.stream()
                    .filter(node -> heightOf(memory, node) > above)
                    .toList();
            assertEquals(tall, nodesOf(list, level), () -> "nodes of level " + above);
            assertTrue(level < list.height() || tall.size() == 1, () -> "the head alone is above the list's height");
        }
        int previous = Arena.NONE;
        for (int node : nodes) {
            int count = LeafDescriptor.count(memory.getLong(node));
            assertTrue(node == list.head() || count > 0, "only the head may be empty");
            for (int i = 0; i < LeafDescriptor.CAPACITY; i++) {
                long entry = memory.getLong(LeafDescriptor.entryOffset(list.leaf(node), i));
                int index = i;
                assertEquals(i < count, entry != LeafDescriptor.EMPTY, () -> "entry " + index + " of " + count);
                if (entry != LeafDescriptor.EMPTY) {
                    int record = LeafDescriptor.offset(entry);
                    assertEquals(digestOf(list, record), LeafDescriptor.digest(entry), "digest of an entry");
                    assertTrue(previous == Arena.NONE || compare(list, previous, record) < 0, "order of entries");
                    previous = record;
                }
            }
        }
    }

    private static List<Integer> nodesOf(SkipList list, int level) {
        List<Integer> nodes = new ArrayList<>(List.of(list.head()));
        NativeMemory memory = list.memory();
        while (true) {
            long link = memory.getLong(LeafDescriptor.linkOffset(nodes.get(nodes.size() - 1), level));
            if (link == LeafDescriptor.EMPTY) {
                return nodes;
            }
            int node = LeafDescriptor.offset(link);
            assertEquals(digestOf(list, list.firstRecord(node)), LeafDescriptor.digest(link), "digest of a link");
            nodes.add(node);
        }
    }

    private static int heightOf(NativeMemory memory, int node) {
        return (int) (memory.getLong(node) >>> Integer.SIZE) & 0xFF;
    }

    private static int digestOf(SkipList list, int record) {
        return list.digest(null, list.memory().addressOf(list.keyOffset(record)), list.keyLength(record));
    }

    private static int compare(SkipList list, int record, int other) {
        return list.compare(
                null,
                list.memory().addressOf(list.keyOffset(record)),
                list.keyLength(record),
                list.version(record),
                list.stamp(record),
                other);
    }
}
