package org.avccdb.memdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A step of a history of a {@link SkipList} in internal order. {@code at} is as in {@link Buffers}. */
sealed interface ListStep {
    /** What a record is found by, in the order of the list. */
    record Slot(Bytes key, long version, long stamp) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::key)
                .thenComparing(Slot::version, Comparator.reverseOrder())
                .thenComparing(Slot::stamp, (a, b) -> Long.compareUnsigned(b, a));

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return "new ListStep.Slot(" + key + ", " + version + "L, " + stamp + "L)";
        }
    }

    record Entry(Slot slot, Bytes value) {
        @Override
        public String toString() {
            return "new ListStep.Entry(" + slot + ", " + value + ")";
        }
    }

    record Add(Entry entry, int at) implements ListStep {}

    record AddAll(List<Entry> entries, int at) implements ListStep {}

    record Seek(Slot slot, boolean before, int at) implements ListStep {}

    record Move(Direction direction) implements ListStep {}

    enum Direction {
        FIRST,
        LAST,
        NEXT,
        PREV
    }

    /** All records in order, in reverse order, and in allocation order. */
    record Walk() implements ListStep {}

    /** What is new in allocation order. */
    record Follow() implements ListStep {}

    /** An empty list in the same arena, with digests that suit the one before. */
    record Renew() implements ListStep {}

    static List<ListStep> simpler(ListStep step) {
        List<ListStep> forms = new ArrayList<>();
        if (step instanceof Add add) {
            simpler(add.entry()).forEach(entry -> forms.add(new Add(entry, add.at())));
            if (add.at() > 0) {
                forms.add(new Add(add.entry(), 0));
            }
        } else if (step instanceof AddAll all) {
            if (all.entries().size() == 1) {
                forms.add(new Add(all.entries().get(0), all.at()));
            }
            for (int i = 0; i < all.entries().size(); i++) {
                List<Entry> fewer = new ArrayList<>(all.entries());
                fewer.remove(i);
                forms.add(new AddAll(fewer, all.at()));
            }
        } else if (step instanceof Seek seek) {
            simpler(seek.slot()).forEach(slot -> forms.add(new Seek(slot, seek.before(), seek.at())));
            if (seek.at() > 0) {
                forms.add(new Seek(seek.slot(), seek.before(), 0));
            }
        }
        return forms;
    }

    private static List<Entry> simpler(Entry entry) {
        List<Entry> forms = new ArrayList<>();
        simpler(entry.slot()).forEach(slot -> forms.add(new Entry(slot, entry.value())));
        MapStep.simpler(entry.value()).forEach(value -> forms.add(new Entry(entry.slot(), value)));
        return forms;
    }

    private static List<Slot> simpler(Slot slot) {
        List<Slot> forms = new ArrayList<>();
        MapStep.simpler(slot.key()).forEach(key -> forms.add(new Slot(key, slot.version(), slot.stamp())));
        if (slot.version() != 0) {
            forms.add(new Slot(slot.key(), slot.version() / 2, slot.stamp()));
        }
        if (slot.stamp() != 0) {
            forms.add(new Slot(slot.key(), slot.version(), slot.stamp() >>> 1));
        }
        return forms;
    }

    /** As lines of code. */
    static String show(List<ListStep> history) {
        return history.stream().map(step -> "    new ListStep." + shown(step)).collect(Collectors.joining(",\n"));
    }

    private static String shown(ListStep step) {
        String name = step.getClass().getSimpleName();
        if (step instanceof Add add) {
            return name + "(" + add.entry() + ", " + add.at() + ")";
        } else if (step instanceof AddAll all) {
            String entries = all.entries().toString();
            return name + "(List.of(" + entries.substring(1, entries.length() - 1) + "), " + all.at() + ")";
        } else if (step instanceof Seek seek) {
            return name + "(" + seek.slot() + ", " + seek.before() + ", " + seek.at() + ")";
        } else if (step instanceof Move move) {
            return name + "(ListStep.Direction." + move.direction() + ")";
        }
        return name + "()";
    }

    /** How versions and keys are spread. */
    enum Shape {
        /** Mostly plain writes: version 0. */
        PLAIN,
        /** Most keys have several versions. */
        VERSIONED,
        /** One key with many versions. */
        ONE_KEY,
        /** One key and version, again and again. */
        ONE_SLOT,
        /** Versions and stamps at their limits. */
        EXTREME
    }

    /** Makes random histories. */
    final class Histories {
        private static final long[] EXTREMES = {0, 1, 2, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        private static final int[] TYPES = {0, 1, 2, 0x7F, 0x80, 0xFF};

        private final Random random;
        private final Keys family;
        private final Shape shape;
        private final List<Slot> known = new ArrayList<>();
        private final List<Bytes> keys = new ArrayList<>();
        private final int writes;
        private long sequence;
        private boolean strays;

        private Histories(Random random, Keys family, Shape shape) {
            this.random = random;
            this.family = family;
            this.shape = shape;
            this.writes = 30 + random.nextInt(60);
        }

        static List<ListStep> random(Random random, Keys family, Shape shape, int steps) {
            Histories histories = new Histories(random, family, shape);
            List<ListStep> history = new ArrayList<>();
            while (history.size() < steps) {
                if (!histories.strays && history.size() > steps / 3) {
                    history.add(new Renew());
                    histories.strays = true;
                }
                history.add(histories.step());
            }
            return history;
        }

        private ListStep step() {
            int at = random.nextInt(Buffers.PLACES);
            if (random.nextInt(100) < writes) {
                return random.nextInt(8) == 0 ? group(at) : new Add(entry(), at);
            }
            return switch (random.nextInt(30)) {
                case 0, 1, 2, 3, 4, 5, 6 -> new Seek(someSlot(), false, at);
                case 7, 8, 9, 10, 11, 12 -> new Seek(someSlot(), true, at);
                case 13 -> new Move(Direction.FIRST);
                case 14 -> new Move(Direction.LAST);
                case 15, 16, 17, 18, 19, 20 -> new Move(Direction.NEXT);
                case 21, 22, 23, 24, 25, 26 -> new Move(Direction.PREV);
                case 27 -> new Walk();
                case 28 -> new Follow();
                default -> random.nextInt(8) == 0 ? new Renew() : new Follow();
            };
        }

        private AddAll group(int at) {
            List<Entry> entries = new ArrayList<>();
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                entries.add(entry());
            }
            if (random.nextBoolean()) {
                entries.sort(Comparator.comparing(Entry::slot));
            }
            return new AddAll(entries, at);
        }

        private Entry entry() {
            Slot slot = random.nextInt(60) == 0 && !known.isEmpty() ? knownSlot() : newSlot();
            known.add(slot);
            return new Entry(slot, Keys.value(random));
        }

        private Slot newSlot() {
            return new Slot(writtenKey(), version(), stamp());
        }

        private Bytes writtenKey() {
            boolean one = shape == Shape.ONE_KEY || shape == Shape.ONE_SLOT;
            if (!keys.isEmpty() && random.nextInt(20) != 0 && (one || random.nextInt(3) == 0)) {
                return keys.get(one ? 0 : random.nextInt(keys.size()));
            }
            boolean stray = strays && random.nextInt(20) == 0;
            Bytes key = stray ? Keys.TAILS.key(random, 0) : family.key(random, keys.size());
            keys.add(key);
            return key;
        }

        private long version() {
            return switch (shape) {
                case PLAIN -> random.nextInt(20) == 0 ? 1 + random.nextInt(3) : 0;
                case VERSIONED -> random.nextInt(8);
                case ONE_KEY -> 1 + random.nextInt(300);
                case ONE_SLOT -> 5;
                case EXTREME -> EXTREMES[random.nextInt(EXTREMES.length)];
            };
        }

        private long stamp() {
            int type = TYPES[random.nextInt(TYPES.length)];
            long number = shape == Shape.EXTREME
                    ? switch (random.nextInt(4)) {
                        case 0 -> RecordDescriptor.MAX_SEQUENCE - random.nextInt(100);
                        case 1 -> RecordDescriptor.MAX_SEQUENCE / 2 + random.nextInt(100);
                        default -> sequence++;
                    }
                    : sequence++;
            return RecordDescriptor.stamp(number, type);
        }

        private Slot knownSlot() {
            return known.get(random.nextInt(known.size()));
        }

        private Slot someSlot() {
            if (known.isEmpty()) {
                return newSlot();
            }
            Slot slot = knownSlot();
            return switch (random.nextInt(8)) {
                case 0, 1 -> slot;
                case 2 -> new Slot(slot.key(), Long.MAX_VALUE, -1);
                case 3 -> new Slot(slot.key(), slot.version(), -1);
                case 4 -> new Slot(slot.key(), slot.version(), 0);
                case 5 -> new Slot(slot.key(), 0, 0);
                case 6 ->
                    new Slot(
                            slot.key(),
                            Math.max(0, slot.version() - 1 + random.nextInt(2)),
                            slot.stamp() + random.nextInt(3) - 1);
                default -> new Slot(Keys.near(random, slot.key()), slot.version(), slot.stamp());
            };
        }
    }
}
