package org.avccdb.bench.run;

import java.nio.file.Path;
import java.util.List;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.StoreSettings;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Workload;

/**
 * What is to be run.
 *
 * @param engines the engines, which take turns in each round
 * @param workloads the workloads, in their order
 * @param parameters what the workloads are made of
 * @param schedule when operations are due
 * @param durability what writes survive
 * @param optionsFile options of avccDB, or null
 * @param rounds how often each engine has its turn
 * @param warmUpRecords how many records the warm-up has, 0 for none
 * @param databases where databases are made
 * @param results where results are written
 * @param keep whether databases are kept
 */
public record Plan(
        List<EngineKind> engines,
        List<Workload> workloads,
        Parameters parameters,
        Schedule schedule,
        Durability durability,
        Path optionsFile,
        int rounds,
        long warmUpRecords,
        Path databases,
        Path results,
        boolean keep) {
    /** More than is filled: some workloads add records. */
    private static final int ROOM = 2;

    StoreSettings settings(final Path directory, final boolean synced) {
        return new StoreSettings(
                directory,
                synced ? Durability.SYNC : durability,
                optionsFile,
                parameters.keyBytes(),
                parameters.valueBytes(),
                ROOM * parameters.records());
    }
}
