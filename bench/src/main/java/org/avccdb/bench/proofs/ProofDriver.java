package org.avccdb.bench.proofs;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.avccdb.Authentication;
import org.avccdb.AvccDb;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.Snapshot;
import org.avccdb.bench.run.Directories;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;

/**
 * Measures what authentication costs, beside a database without it in the same run.
 *
 * <p>Arguments: records, rounds, directory.
 */
public final class ProofDriver {
    private static final int ROOT_EVERY = 1000;
    private static final int PROOFS = 100_000;
    private static final int RANGE_LIMIT = 10;
    private static final long QUIET_NANOS = 300_000_000;

    private final Path directory;
    private final int records;

    private ProofDriver(final Path directory, final int records) {
        this.directory = directory;
        this.records = records;
    }

    /** Runs everything. */
    public static void main(final String[] arguments) {
        final ProofDriver driver = new ProofDriver(Path.of(arguments[2]), Integer.parseInt(arguments[0]));
        final int rounds = Integer.parseInt(arguments[1]);
        driver.fills(rounds);
        driver.roots(rounds);
        driver.proofs("one run", 1, true);
        driver.proofs("5 runs", 5, false);
        driver.proofs("11 runs", 11, false);
    }

    private void fills(final int rounds) {
        System.out.printf(Locale.ROOT, "%nfillrandom of %,d records until compaction has settled%n", records);
        final Map<Authentication, Samples> rates = samples();
        final Map<Authentication, Samples> sizes = samples();
        for (int round = 0; round <= rounds; round++) {
            for (final Authentication authentication : Authentication.values()) {
                final Path where = Directories.fresh(directory.resolve("fill"));
                try (AvccDb db = AvccDb.open(where, options(authentication).build())) {
                    final long begin = System.nanoTime();
                    fill(db, 0, records, 0);
                    final double puts = (System.nanoTime() - begin) / 1e9;
                    final double seconds = (settle(db) - begin) / 1e9;
                    System.out.printf(
                            Locale.ROOT,
                            "  %-6s %,12.0f /s, puts alone %,12.0f /s, %.1f MB%n",
                            authentication,
                            records / seconds,
                            records / puts,
                            tables(where) / 1e6);
                    if (round > 0) {
                        rates.get(authentication).add(records / seconds);
                        sizes.get(authentication).add((double) tables(where));
                    }
                }
            }
        }
        print("throughput", rates);
        print("bytes on disk", sizes);
    }

    private void roots(final int rounds) {
        System.out.printf(Locale.ROOT, "%na root after every %,d puts%n", ROOT_EVERY);
        final Samples without = new Samples();
        final Samples with = new Samples();
        for (int round = 0; round <= rounds; round++) {
            for (int every = 0; every <= ROOT_EVERY; every += ROOT_EVERY) {
                try (AvccDb db = AvccDb.open(
                        Directories.fresh(directory.resolve("roots")),
                        options(Authentication.MERKLE).build())) {
                    final long begin = System.nanoTime();
                    fill(db, 0, records, every);
                    final double rate = records / ((System.nanoTime() - begin) / 1e9);
                    System.out.printf(
                            Locale.ROOT, "  %-12s %,12.0f puts/s%n", every == 0 ? "no root" : "with roots", rate);
                    if (round > 0) {
                        (every == 0 ? without : with).add(rate);
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "  ratio %.2f%n", with.median() / without.median());
    }

    private void proofs(final String shape, final int runs, final boolean compact) {
        System.out.printf(Locale.ROOT, "%nproofs over %s, %,d records%n", shape, records);
        final Options options = options(Authentication.MERKLE)
                .compactionL0Trigger(64)
                .writeL0SlowdownTrigger(64)
                .writeL0PauseTrigger(64)
                .writeBufferBytes(256 << 20)
                .build();
        try (AvccDb db = AvccDb.open(Directories.fresh(directory.resolve("proofs")), options)) {
            for (int run = 0; run < runs; run++) {
                fill(db, (long) records * run / runs, (long) records * (run + 1) / runs, 0);
                db.flush();
            }
            if (compact) {
                db.compactRange(KeyRange.all());
            }
            System.out.print(db.property("avccdb.levels"));
            try (Snapshot snapshot = db.snapshot()) {
                prove(snapshot, runs);
            }
        }
    }

    private void prove(final Snapshot snapshot, final int runs) {
        final SplittableRandom random = new SplittableRandom(3);
        final int newest = records - records / runs;
        for (int round = 0; round < 2; round++) {
            measure("latest, all keys", () -> snapshot.proveLatest(Records.key(random.nextInt(records))));
        }
        measure("absent", () -> snapshot.proveLatest(Records.key(records + (long) random.nextInt(records))));
        final MasterRoot root = snapshot.masterRoot();
        sizes("present, newest run", () -> Records.key(newest + random.nextInt(records - newest)), snapshot, root);
        sizes("present, any run", () -> Records.key(random.nextInt(records)), snapshot, root);
        sizes("absent", () -> Records.key(records + (long) random.nextInt(records)), snapshot, root);
        final Samples ranges = new Samples();
        for (int i = 0; i < PROOFS / 100; i++) {
            final byte[] from = Records.key(random.nextInt(records));
            final byte[] proof = snapshot.proveRange(KeyRange.atLeast(from), RANGE_LIMIT);
            ProofVerifier.verifyRange(root, from, null, RANGE_LIMIT, proof);
            ranges.add(proof.length - (double) RANGE_LIMIT * Records.VALUE_BYTES);
        }
        System.out.printf("  %-22s %s%n", "range of 10, size", ranges.text("bytes without values"));
    }

    private static void measure(final String what, final Runnable proof) {
        final long begin = System.nanoTime();
        for (int i = 0; i < PROOFS; i++) {
            proof.run();
        }
        System.out.printf(
                Locale.ROOT, "  %-22s %,12.0f proofs/s%n", what, PROOFS / ((System.nanoTime() - begin) / 1e9));
    }

    /** Gives keys. */
    @FunctionalInterface
    private interface Keys {
        byte[] next();
    }

    private static void sizes(final String what, final Keys keys, final Snapshot snapshot, final MasterRoot root) {
        final Samples sizes = new Samples();
        final Samples times = new Samples();
        for (int i = 0; i < PROOFS / 5; i++) {
            final byte[] key = keys.next();
            final byte[] proof = snapshot.proveLatest(key);
            final long begin = System.nanoTime();
            final boolean present = ProofVerifier.verifyLatest(root, key, proof).isPresent();
            times.add((System.nanoTime() - begin) / 1e3);
            sizes.add(proof.length - (present ? (double) Records.VALUE_BYTES : 0));
        }
        System.out.printf("  %-22s %s%n", what + ", size", sizes.text("bytes without the value"));
        System.out.printf("  %-22s %s%n", "  verified in", times.text("us"));
    }

    private static Options.Builder options(final Authentication authentication) {
        return Options.builder().authentication(authentication);
    }

    private static Map<Authentication, Samples> samples() {
        final Map<Authentication, Samples> samples = new EnumMap<>(Authentication.class);
        for (final Authentication authentication : Authentication.values()) {
            samples.put(authentication, new Samples());
        }
        return samples;
    }

    private static void print(final String what, final Map<Authentication, Samples> samples) {
        System.out.printf(
                Locale.ROOT,
                "  %s: MERKLE / NONE = %.3f%n",
                what,
                samples.get(Authentication.MERKLE).median()
                        / samples.get(Authentication.NONE).median());
    }

    private static void fill(final AvccDb db, final long from, final long to, final int rootEvery) {
        final Records made = new Records();
        for (long i = from; i < to; i++) {
            db.put(Records.key(i), made.value());
            if (rootEvery > 0 && i % rootEvery == rootEvery - 1) {
                db.masterRoot();
            }
        }
    }

    /** When the levels changed last. */
    private static long settle(final AvccDb db) {
        db.flush();
        long since = System.nanoTime();
        String seen = db.property("avccdb.levels");
        while (System.nanoTime() - since < QUIET_NANOS) {
            LockSupport.parkNanos(5_000_000);
            final String now = db.property("avccdb.levels");
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
        }
        return since;
    }

    private static long tables(final Path where) {
        return Directories.bytes(where, name -> name.endsWith(".sst"));
    }
}
