package org.avccdb.bench.command;

import java.nio.file.Path;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.workloads.Mix;
import org.avccdb.bench.workloads.Parameters;
import picocli.CommandLine.Option;

/** Options about the load. */
final class LoadOptions {
    @Option(names = "--records", defaultValue = "1000000", description = "Records in the database (${DEFAULT-VALUE}).")
    private long records;

    @Option(
            names = "--operations",
            defaultValue = "0",
            description = "Operations of each workload that does not fill; where left out, each has its own number.")
    private long operations;

    @Option(names = "--key-bytes", defaultValue = "16", description = "Length of keys, from 8 (${DEFAULT-VALUE}).")
    private int keyBytes;

    @Option(names = "--value-bytes", defaultValue = "100", description = "Length of values, from 1 (${DEFAULT-VALUE}).")
    private int valueBytes;

    @Option(
            names = "--compressible",
            defaultValue = "0.5",
            description = "Part of each value that compresses to nothing, 0 to 1 (${DEFAULT-VALUE}).")
    private double compressible;

    @Option(names = "--threads", defaultValue = "1", description = "Threads that make load (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Operations a second, all threads together: an open loop, in which each operation has its"
                    + " time. 0, the default: a closed loop, as fast as it goes.")
    private double rate;

    @Option(
            names = "--durability",
            defaultValue = "DEFAULT",
            description = "What a write survives: none, default (the process) or sync (loss of power).")
    private Durability durability;

    @Option(names = "--pipelined", description = "Hand single puts over without waiting for each (submitPut).")
    private boolean pipelined;

    @Option(names = "--batch-records", defaultValue = "100", description = "Records in a batch (${DEFAULT-VALUE}).")
    private int batchRecords;

    @Option(
            names = "--sync-records",
            defaultValue = "5000",
            description = "Most records that fillsync writes (${DEFAULT-VALUE}).")
    private long syncRecords;

    @Option(names = "--scan-records", defaultValue = "50", description = "Records of a short scan (${DEFAULT-VALUE}).")
    private int scanRecords;

    @Option(
            names = "--versions",
            defaultValue = "5",
            description = "Versions of each key, where there are versions, up to 63 (${DEFAULT-VALUE}).")
    private int versions;

    @Option(
            names = "--root-every",
            defaultValue = "1000",
            description = "Puts from one root to the next in rootevery (${DEFAULT-VALUE}).")
    private int rootEvery;

    @Option(
            names = "--mix",
            description = "What the workload mixed is: a letter a to f as in YCSB, or percentages as in"
                    + " read=50,update=30,insert=10,scan=5,rmw=5. Where left out: a.")
    private String mix;

    @Option(
            names = "--options",
            converter = OptionsFile.class,
            description = "Properties file with options of avccDB, by their names.")
    private Path optionsFile;

    Parameters parameters() {
        require(records >= 1, "--records must be at least 1");
        require(operations >= 0, "--operations must not be below 0");
        require(keyBytes >= 8, "--key-bytes must be at least 8");
        require(valueBytes >= 1, "--value-bytes must be at least 1");
        require(compressible >= 0 && compressible <= 1, "--compressible must be from 0 to 1");
        require(threads >= 1, "--threads must be at least 1");
        require(batchRecords >= 1, "--batch-records must be at least 1");
        require(syncRecords >= 1, "--sync-records must be at least 1");
        require(scanRecords >= 1, "--scan-records must be at least 1");
        require(versions >= 1 && versions <= 63, "--versions must be from 1 to 63");
        require(rootEvery >= 1, "--root-every must be at least 1");
        return new Parameters(
                records,
                operations,
                keyBytes,
                valueBytes,
                compressible,
                threads,
                pipelined,
                batchRecords,
                syncRecords,
                scanRecords,
                versions,
                rootEvery,
                mix == null ? null : Mix.parse(mix));
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    Schedule schedule() {
        require(rate >= 0, "--rate must not be below 0");
        return rate == 0 ? Schedule.closedLoop() : Schedule.openLoop(rate);
    }

    Durability durability() {
        return durability;
    }

    Path optionsFile() {
        return optionsFile;
    }
}
