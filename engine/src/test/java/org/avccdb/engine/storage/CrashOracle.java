package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;

/**
 * Random work on a simulated storage, with a book of its own of what a crash may leave: for each byte the values it may
 * have, for each file the least length. Names are never used twice, so that a name says which file it must be.
 */
final class CrashOracle {
    /** A file by its history alone. */
    private static final class Book {
        private final List<Set<Byte>> possible = new ArrayList<>();
        private final boolean appended;
        private byte[] now = new byte[0];
        private int durableLength;
        private final Set<String> possibleNames = new HashSet<>();
        private boolean mayBeMissing = true;
        private boolean deleted;
        private String name;
        private AppendFile append;
        private LogFile log;

        Book(final String name, final boolean appended) {
            this.name = name;
            this.appended = appended;
            possibleNames.add(name);
        }
    }

    private final SimulatedStorage storage = new SimulatedStorage();
    private final List<Book> books = new ArrayList<>();
    private final Random random;
    private final int seed;
    private int names;

    CrashOracle(final int seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    void step() {
        final List<Book> alive = books.stream().filter(book -> !book.deleted).toList();
        final int choice = alive.isEmpty() ? random.nextInt(2) : random.nextInt(16);
        final Book book = alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
        switch (choice) {
            case 0 -> create();
            case 1 -> createLog();
            case 2 -> {
                final String next = "n" + names++;
                storage.rename(book.name, next);
                book.name = next;
                book.possibleNames.add(next);
            }
            case 3 -> {
                storage.delete(book.name);
                book.deleted = true;
                book.mayBeMissing = true;
            }
            case 4, 5 -> syncDirectory();
            case 6, 7, 8 -> sync(book);
            default -> write(book);
        }
    }

    private void create() {
        final Book book = new Book("n" + names++, true);
        book.append = storage.create(book.name);
        books.add(book);
    }

    private void createLog() {
        final Book book = new Book("n" + names++, false);
        final int length = 1 + random.nextInt(2_000);
        book.log = storage.createLog(book.name, length);
        book.now = new byte[length];
        for (int i = 0; i < length; i++) {
            book.possible.add(new HashSet<>(Set.of((byte) 0)));
        }
        books.add(book);
    }

    private void write(final Book book) {
        final int room = book.appended ? 1_500 : book.now.length;
        final byte[] data = new byte[random.nextInt(room + 1)];
        random.nextBytes(data);
        final int position = book.appended ? book.now.length : random.nextInt(room - data.length + 1);
        if (book.appended) {
            book.append.append(new UnsafeBuffer(data), 0, data.length);
            book.now = Arrays.copyOf(book.now, position + data.length);
        } else {
            book.log.write(position, new UnsafeBuffer(data), 0, data.length);
        }
        for (int i = 0; i < data.length; i++) {
            if (position + i == book.possible.size()) {
                book.possible.add(new HashSet<>(Set.of((byte) 0)));
            }
            book.possible.get(position + i).add(data[i]);
            book.now[position + i] = data[i];
        }
    }

    private static void sync(final Book book) {
        if (book.appended) {
            book.append.sync();
        } else {
            book.log.sync();
        }
        book.durableLength = book.now.length;
        for (int i = 0; i < book.now.length; i++) {
            book.possible.set(i, new HashSet<>(Set.of(book.now[i])));
        }
    }

    private void syncDirectory() {
        storage.syncDirectory();
        for (final Book book : books) {
            book.possibleNames.clear();
            if (!book.deleted) {
                book.possibleNames.add(book.name);
                book.mayBeMissing = false;
            }
        }
    }

    void check(final CrashKind kind, final long crashSeed) {
        final SimulatedStorage image = storage.crash(kind, crashSeed);
        final String where = kind + ", seed " + seed + ", crash " + crashSeed;
        final Map<String, Long> left = new TreeMap<>(image.lengths());
        for (final Book book : books) {
            final List<String> found =
                    left.keySet().stream().filter(book.possibleNames::contains).toList();
            assertTrue(found.size() <= 1, where + ": one file, names " + found);
            assertTrue(book.mayBeMissing || !found.isEmpty(), where + ": lost " + book.name);
            for (final String name : found) {
                left.remove(name);
                checkContent(book, image.bytes(name), where + ", " + name, kind);
            }
        }
        assertTrue(left.isEmpty(), where + ": nobody made " + left);
    }

    private static void checkContent(final Book book, final byte[] content, final String where, final CrashKind kind) {
        assertTrue(
                content.length >= book.durableLength && content.length <= book.now.length,
                where + ": length " + content.length);
        for (int i = 0; i < content.length; i++) {
            final boolean garbage = kind == CrashKind.SIZE_WITHOUT_DATA && i >= book.durableLength;
            assertTrue(garbage || book.possible.get(i).contains(content[i]), where + ": byte " + i);
        }
        if (kind == CrashKind.EVERYTHING) {
            assertTrue(Arrays.equals(content, book.now), where + ": not everything");
        }
    }
}
