package org.avccdb.model;

import java.nio.file.Path;

/**
 * Runs tests of many seeds, on one thread: {@code Soak first-seed seconds directory}. Of each that fails it prints the shortest
 * steps that were found, and goes on.
 */
public final class Soak {
    private static final int SHRINKING_SECONDS = 60;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private final Path root;
    private volatile long seed;
    private volatile long begun = System.nanoTime();

    private Soak(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) {
        Soak soak = new Soak(Path.of(arguments[2]));
        Thread watch = new Thread(soak::watch, "watch");
        watch.setDaemon(true);
        watch.start();
        int failed = soak.run(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
        if (failed > 0) {
            System.exit(1);
        }
    }

    /** How long the build tries seeds: a longer run is asked for with {@code -Davccdb.differential.seconds}. */
    static long secondsInTheBuild() {
        return Long.getLong("avccdb.differential.seconds", 20);
    }

    /** Where the build begins: the seed of a failure is asked for with {@code -Davccdb.differential.seed}. */
    static long firstSeedInTheBuild() {
        return Long.getLong("avccdb.differential.seed", 1);
    }

    /** The steps of a seed: few mostly, as these go fast, sometimes many. */
    static Trial trialOf(long seed) {
        int[] steps = {60, 150, 300, 600, 1500};
        return TrialGenerator.of(seed, steps[(int) Math.floorMod(seed, (long) steps.length)]);
    }

    private int run(long first, long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int failed = 0;
        long steps = 0;
        long next = first;
        for (; System.nanoTime() < end; next++) {
            seed = next;
            begun = System.nanoTime();
            Trial trial = trialOf(next);
            steps += trial.ops().size();
            Trial.Failure failure = trial.run(root.resolve("trial"));
            if (failure != null) {
                failed++;
                System.out.println(describe(next, trial, failure, root, SHRINKING_SECONDS));
            }
        }
        System.out.println("seeds " + first + " to " + (next - 1) + ", " + steps + " steps: " + failed + " failed");
        return failed;
    }

    /** What failed, and the shortest steps to it that can be found in some time. */
    static String describe(long seed, Trial trial, Trial.Failure failure, Path root, long seconds) {
        Shrinker shrinker = new Shrinker(root, seconds, trial, failure);
        Trial small = shrinker.shrink();
        StringBuilder text = new StringBuilder("seed ")
                .append(seed)
                .append(", step ")
                .append(failure.at())
                .append(" of ")
                .append(trial.ops().size())
                .append(": ")
                .append(failure.cause())
                .append("\nshortest: ")
                .append(shrinker.failure().cause())
                .append("\n")
                .append(small);
        for (StackTraceElement frame : shrinker.failure().cause().getStackTrace()) {
            text.append("\n      at ").append(frame);
            if (frame.getClassName().endsWith("Trial")) {
                break;
            }
        }
        return text.toString();
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException end) {
                return;
            }
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                System.out.println("seed " + seed + " does not come to an end");
                Thread.getAllStackTraces().forEach((thread, frames) -> {
                    System.out.println(thread);
                    for (StackTraceElement frame : frames) {
                        System.out.println("      at " + frame);
                    }
                });
                Runtime.getRuntime().halt(2);
            }
        }
    }
}
