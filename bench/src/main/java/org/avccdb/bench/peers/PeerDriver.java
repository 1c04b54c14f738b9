package org.avccdb.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.Options;

/**
 * Fills and reads this database and RocksDB in turn, in one run, and prints operations a second and their ratios.
 *
 * <p>Arguments: number of records (2,000,000 where it is left out), number of rounds (3), directory (a temporary one).
 */
public final class PeerDriver {
    private static final String HEX = "0123456789abcdef";
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 100;
    private static final int BATCH = 100;
    private static final int SYNC_WRITES = 5_000;
    private static final int AWAIT_EVERY = 1_000;

    private final Path directory;
    private final Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();

    private PeerDriver(final Path directory) {
        this.directory = directory;
    }

    /** Opens a fresh store of one kind. */
    private interface Kind {
        Store open(Path where);
    }

    /** Measures. */
    public static void main(final String[] arguments) throws IOException {
        final int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
        final int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        final Path directory = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("avccdb-bench");
        final Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("avccdb", where -> new AvccStore(where, Options.DEFAULT));
        kinds.put(
                "avccdb-none",
                where -> new AvccStore(
                        where, Options.builder().compression(Compression.NONE).build()));
        kinds.put("rocksdb", RocksStore::new);
        if (arguments.length > 3) {
            kinds.keySet().retainAll(List.of(arguments[3].split(",")));
        }
        final PeerDriver driver = new PeerDriver(directory);
        driver.run("warm-up", kinds, Math.min(records, 200_000));
        driver.rates.clear();
        for (int round = 1; round <= rounds; round++) {
            driver.run("round " + round, kinds, records);
        }
        driver.print();
    }

    private void run(final String what, final Map<String, Kind> kinds, final int count) throws IOException {
        for (final Map.Entry<String, Kind> kind : kinds.entrySet()) {
            System.out.println(what + ": " + kind.getKey());
            run(kind.getKey(), kind.getValue(), count);
        }
    }

    private void run(final String name, final Kind kind, final int count) throws IOException {
        final Path where = directory.resolve(name);
        delete(where);
        Files.createDirectories(where);
        try (Store store = kind.open(where)) {
            final SplittableRandom random = new SplittableRandom(7);
            final byte[] value = new byte[VALUE_BYTES];
            measure(name, "fillrandom", count, () -> {
                for (int i = 0; i < count; i++) {
                    store.put(key(i, random, value), value);
                }
            });
            final long begin = System.nanoTime();
            store.settle();
            System.out.printf(Locale.ROOT, "  settled in %.2f s%n", (System.nanoTime() - begin) / 1e9);
            measure(name, "readrandom", count, () -> read(store, count, 0));
            measure(name, "readmissing", count, () -> read(store, count, count));
            measure(name, "scan", count, () -> check(store.scan(), count));
            measure(name, "sync puts", SYNC_WRITES, () -> {
                for (int i = 0; i < SYNC_WRITES; i++) {
                    store.putSync(key(i, random, value), value);
                }
            });
            if (store instanceof AvccStore ours) {
                System.out.println(ours.about());
            }
        }
        final long bytes = size(where);
        System.out.printf(Locale.ROOT, "  on disk: %.1f MB%n", bytes / 1e6);
        reopen(name, kind, where);
        delete(where);
        Files.createDirectories(where);
        try (Store store = kind.open(where)) {
            final SplittableRandom random = new SplittableRandom(7);
            measure(name, "pipelined", count, () -> {
                final byte[] value = new byte[VALUE_BYTES];
                long ticket = 0;
                for (int i = 0; i < count; i++) {
                    ticket = store.submit(key(i, random, value), value);
                    if (i % AWAIT_EVERY == AWAIT_EVERY - 1) {
                        store.await(ticket);
                    }
                }
            });
        }
        delete(where);
        Files.createDirectories(where);
        try (Store store = kind.open(where)) {
            final SplittableRandom random = new SplittableRandom(7);
            measure(name, "fillbatch", count, () -> {
                for (int i = 0; i < count; i += BATCH) {
                    final byte[][] keys = new byte[BATCH][];
                    final byte[][] values = new byte[BATCH][];
                    for (int j = 0; j < BATCH; j++) {
                        values[j] = new byte[VALUE_BYTES];
                        keys[j] = key(i + j, random, values[j]);
                    }
                    store.putBatch(keys, values);
                }
            });
        }
        delete(where);
    }

    private void reopen(final String name, final Kind kind, final Path where) {
        final long begin = System.nanoTime();
        try (Store store = kind.open(where)) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s opened in %.1f ms, first key found: %s%n",
                    name,
                    (System.nanoTime() - begin) / 1e6,
                    store.get(new UnsafeBuffer(keyOf(0)), new UnsafeBuffer(new byte[VALUE_BYTES])) >= 0);
        }
    }

    private static void read(final Store store, final int count, final int shift) {
        final SplittableRandom order = new SplittableRandom(11);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[VALUE_BYTES]);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_BYTES]);
        int found = 0;
        for (int i = 0; i < count; i++) {
            key.wrap(keyOf(order.nextInt(count) + shift));
            found += store.get(key, target) >= 0 ? 1 : 0;
        }
        check(found, shift == 0 ? count : 0);
    }

    private static void check(final long got, final long expected) {
        if (got != expected) {
            throw new IllegalStateException("found " + got + " records, not " + expected);
        }
    }

    /** The keys of a run are in random order and all different; the value is half compressible. */
    private static byte[] key(final int i, final SplittableRandom random, final byte[] value) {
        for (int j = 0; j < VALUE_BYTES / 2; j++) {
            value[j] = (byte) random.nextInt();
        }
        return keyOf(i);
    }

    private static byte[] keyOf(final int i) {
        // A bijection that scatters, so that key and order of writing have nothing to do with each other.
        long scattered = i * 0x9E37_79B9_7F4A_7C15L;
        scattered ^= scattered >>> 32;
        final byte[] key = new byte[KEY_BYTES];
        for (int at = 0; at < KEY_BYTES; at++) {
            key[at] = (byte) HEX.charAt((int) (scattered >>> (60 - 4 * at)) & 0xF);
        }
        return key;
    }

    private void measure(final String name, final String workload, final int operations, final Runnable work) {
        final long begin = System.nanoTime();
        work.run();
        final double rate = operations / ((System.nanoTime() - begin) / 1e9);
        System.out.printf(Locale.ROOT, "  %-12s %,12.0f /s%n", workload, rate);
        rates.computeIfAbsent(workload, key -> new LinkedHashMap<>())
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(rate);
    }

    private void print() {
        System.out.printf("%nMedians, operations a second; ratio to rocksdb%n");
        rates.forEach((workload, byName) -> {
            final double peer = byName.containsKey("rocksdb") ? median(byName.get("rocksdb")) : Double.NaN;
            byName.forEach((name, values) -> System.out.printf(
                    Locale.ROOT,
                    "%-12s %-12s %,12.0f  %5.2f%n",
                    workload,
                    name,
                    median(values),
                    median(values) / peer));
        });
    }

    private static double median(final List<Double> values) {
        final double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    private static long size(final Path where) throws IOException {
        try (Stream<Path> files = Files.walk(where)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".spare"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(final Path where) throws IOException {
        if (Files.exists(where)) {
            try (Stream<Path> files = Files.walk(where)) {
                final Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
                for (final Path file : Arrays.asList(all)) {
                    Files.delete(file);
                }
            }
        }
    }
}
