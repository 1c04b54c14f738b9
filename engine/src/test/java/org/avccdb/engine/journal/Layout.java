package org.avccdb.engine.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;

/** Where everything is in the files of an undamaged journal, and so what a replay of damaged ones has to say. */
final class Layout {
    /** A record, or a header (start 0); bytes from end on are padding. */
    record Part(long segment, int start, int end, int type, int syncedUpTo) {
        boolean isGroup() {
            return type == GroupDescriptor.TYPE_GROUP;
        }

        int headEnd() {
            return start + (start == 0 ? SegmentDescriptor.HEADER_LENGTH : GroupDescriptor.HEADER_LENGTH);
        }
    }

    /** What is to come of damage: corruption at a part, or so many groups. */
    record Verdict(Part corrupt, int groups) {}

    final List<Part> parts = new ArrayList<>();
    final Map<String, byte[]> contents = new TreeMap<>();

    Layout(final MemoryStorage storage) {
        for (final long number : JournalReplay.present(storage, 0)) {
            contents.put(
                    FileNames.journal(number),
                    storage.content(FileNames.journal(number)).clone());
            try (SegmentReader reader = new SegmentReader(storage, number, Fixture.ID)) {
                if (!reader.isStarted()) {
                    continue;
                }
                parts.add(new Part(number, 0, SegmentDescriptor.HEADER_LENGTH, 0, 0));
                for (int at = SegmentDescriptor.HEADER_LENGTH; reader.read(at); at = reader.next()) {
                    parts.add(new Part(
                            number,
                            at,
                            reader.payloadOffset() + reader.payloadLength(),
                            reader.type(),
                            reader.syncedUpTo()));
                }
            }
        }
    }

    MemoryStorage storage() {
        final MemoryStorage storage = new MemoryStorage();
        contents.forEach(storage::put);
        return storage;
    }

    int groups() {
        return (int) parts.stream().filter(Part::isGroup).count();
    }

    /** By nothing but a comparison of the bytes. */
    Verdict verdict(final MemoryStorage damaged) {
        int groups = 0;
        for (int i = 0; i < parts.size(); i++) {
            final Part part = parts.get(i);
            if (!same(damaged, part, part.end()) && !isMarkBeforeAnotherSegment(i)) {
                return isClaimed(damaged, i) ? new Verdict(part, 0) : new Verdict(null, groups);
            }
            groups += part.isGroup() ? 1 : 0;
        }
        return new Verdict(null, groups);
    }

    /** Whether corruption is reported at this part, or at a damaged header behind it. */
    boolean isFirstOrHeader(final Part first, final CorruptionException reported, final MemoryStorage damaged) {
        return parts.stream()
                .filter(part -> FileNames.journal(part.segment()).equals(reported.file()))
                .filter(part -> part.start() == reported.offset() && !same(damaged, part, part.end()))
                .anyMatch(part -> part.equals(first) || (part.start() == 0 && part.segment() > first.segment()));
    }

    /** Nothing is lost with it: the next segment says where the last group of this one ends. */
    private boolean isMarkBeforeAnotherSegment(final int index) {
        final Part part = parts.get(index);
        return part.type() == GroupDescriptor.TYPE_SYNCED
                && index + 1 < parts.size()
                && parts.get(index + 1).segment() != part.segment();
    }

    private boolean isClaimed(final MemoryStorage damaged, final int index) {
        final Part bad = parts.get(index);
        return parts.subList(index + 1, parts.size()).stream()
                .filter(part -> part.start() != 0 && same(damaged, part, part.headEnd()))
                .anyMatch(part ->
                        part.segment() == bad.segment() ? part.syncedUpTo() > bad.start() : part.syncedUpTo() > 0);
    }

    private boolean same(final MemoryStorage damaged, final Part part, final int end) {
        final String name = FileNames.journal(part.segment());
        final byte[] now = damaged.content(name);
        final byte[] before = contents.get(name);
        if (now.length < end) {
            return false;
        }
        for (int i = part.start(); i < end; i++) {
            if (now[i] != before[i]) {
                return false;
            }
        }
        return true;
    }

    /** The groups that a sync that was followed by nothing leaves unprovable: at most one. */
    List<Part> syncedButUnclaimed(final int syncedGroups) {
        final MemoryStorage undamaged = storage();
        final List<Part> found = new ArrayList<>();
        int groups = 0;
        for (int i = 0; i < parts.size() && groups < syncedGroups; i++) {
            groups += parts.get(i).isGroup() ? 1 : 0;
            if (!isClaimed(undamaged, i) && parts.get(i).type() != GroupDescriptor.TYPE_SYNCED) {
                found.add(parts.get(i));
            }
        }
        found.sort(Comparator.comparingLong(Part::segment).thenComparingInt(Part::start));
        return found;
    }
}
