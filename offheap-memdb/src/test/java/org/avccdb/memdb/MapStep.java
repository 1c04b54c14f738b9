package org.avccdb.memdb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A step of a history of a {@link MemDb}. {@code at} says in what buffer the bytes are, see {@link Buffers}. */
sealed interface MapStep {
    record Put(Bytes key, Bytes value, int at) implements MapStep {}

    record Delete(Bytes key, int at) implements MapStep {}

    /** Room is what the target has beyond the value, or lacks. */
    record Get(Bytes key, int room, int at) implements MapStep {}

    record Contains(Bytes key, int at) implements MapStep {}

    record Find(Bytes key, int at) implements MapStep {}

    record PutAll(List<Entry> entries, int at) implements MapStep {}

    record Entry(Bytes key, Bytes value) {}

    /** Takes a new iterator instead of the present one; a bound may be null. */
    record Open(Bytes from, Bytes to) implements MapStep {}

    record Move(Direction direction) implements MapStep {}

    enum Direction {
        FIRST,
        LAST,
        NEXT,
        PREV,
        CLOSE
    }

    record Seek(Bytes key, int at) implements MapStep {}

    /** The whole slice forwards and backwards. */
    record Walk(Bytes from, Bytes to) implements MapStep {}

    /** With the iterator closed or not; only where a write has been refused or always. */
    record Reset(boolean onlyWhenFull, boolean closing) implements MapStep {}

    /** Forms of a step that are simpler and may show the same fault. */
    static List<MapStep> simpler(MapStep step) {
        List<MapStep> forms = new ArrayList<>();
        if (step instanceof Put put) {
            simpler(put.key()).forEach(key -> forms.add(new Put(key, put.value(), put.at())));
            simpler(put.value()).forEach(value -> forms.add(new Put(put.key(), value, put.at())));
            simpler(put.at()).forEach(at -> forms.add(new Put(put.key(), put.value(), at)));
        } else if (step instanceof Delete delete) {
            simpler(delete.key()).forEach(key -> forms.add(new Delete(key, delete.at())));
            simpler(delete.at()).forEach(at -> forms.add(new Delete(delete.key(), at)));
        } else if (step instanceof Get get) {
            simpler(get.key()).forEach(key -> forms.add(new Get(key, get.room(), get.at())));
            simpler(get.at()).forEach(at -> forms.add(new Get(get.key(), get.room(), at)));
        } else if (step instanceof Find find) {
            simpler(find.key()).forEach(key -> forms.add(new Find(key, find.at())));
            simpler(find.at()).forEach(at -> forms.add(new Find(find.key(), at)));
        } else if (step instanceof PutAll all) {
            if (all.entries().size() == 1) {
                Entry only = all.entries().get(0);
                forms.add(new Put(only.key(), only.value(), all.at()));
            }
            for (int i = 0; i < all.entries().size(); i++) {
                List<Entry> fewer = new ArrayList<>(all.entries());
                fewer.remove(i);
                forms.add(new PutAll(fewer, all.at()));
            }
        } else if (step instanceof Open open) {
            if (open.from() != null) {
                forms.add(new Open(null, open.to()));
            }
            if (open.to() != null) {
                forms.add(new Open(open.from(), null));
            }
        } else if (step instanceof Seek seek) {
            simpler(seek.key()).forEach(key -> forms.add(new Seek(key, seek.at())));
            simpler(seek.at()).forEach(at -> forms.add(new Seek(seek.key(), at)));
        } else if (step instanceof Walk walk) {
            if (walk.from() != null) {
                forms.add(new Walk(null, walk.to()));
            }
            if (walk.to() != null) {
                forms.add(new Walk(walk.from(), null));
            }
        }
        return forms;
    }

    static List<Bytes> simpler(Bytes content) {
        int length = content.length();
        if (length == 0) {
            return List.of();
        }
        return length == 1 ? List.of(Bytes.EMPTY) : List.of(content.first(length / 2), content.first(length - 1));
    }

    private static List<Integer> simpler(int at) {
        return at == 0 ? List.of() : List.of(0, at / 2);
    }

    /** As lines of code. */
    static String show(List<MapStep> history) {
        return history.stream().map(step -> "    new MapStep." + shown(step)).collect(Collectors.joining(",\n"));
    }

    private static String shown(MapStep step) {
        String name = step.getClass().getSimpleName();
        if (step instanceof Put put) {
            return name + "(" + put.key() + ", " + put.value() + ", " + put.at() + ")";
        } else if (step instanceof Delete delete) {
            return name + "(" + delete.key() + ", " + delete.at() + ")";
        } else if (step instanceof Get get) {
            return name + "(" + get.key() + ", " + get.room() + ", " + get.at() + ")";
        } else if (step instanceof Contains contains) {
            return name + "(" + contains.key() + ", " + contains.at() + ")";
        } else if (step instanceof Find find) {
            return name + "(" + find.key() + ", " + find.at() + ")";
        } else if (step instanceof PutAll all) {
            StringBuilder entries = new StringBuilder();
            for (Entry entry : all.entries()) {
                entries.append(entries.isEmpty() ? "" : ", ")
                        .append("new MapStep.Entry(" + entry.key() + ", " + entry.value() + ")");
            }
            return name + "(List.of(" + entries + "), " + all.at() + ")";
        } else if (step instanceof Open open) {
            return name + "(" + open.from() + ", " + open.to() + ")";
        } else if (step instanceof Move move) {
            return name + "(MapStep.Direction." + move.direction() + ")";
        } else if (step instanceof Seek seek) {
            return name + "(" + seek.key() + ", " + seek.at() + ")";
        } else if (step instanceof Walk walk) {
            return name + "(" + walk.from() + ", " + walk.to() + ")";
        }
        Reset reset = (Reset) step;
        return name + "(" + reset.onlyWhenFull() + ", " + reset.closing() + ")";
    }
}
