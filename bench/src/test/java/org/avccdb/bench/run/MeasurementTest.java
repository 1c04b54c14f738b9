package org.avccdb.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.engines.StoreSettings;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.load.Worker;
import org.avccdb.bench.workloads.Content;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Workload;
import org.avccdb.bench.workloads.Workloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementTest {
    private static final Parameters FEW = new Parameters(500, 0, 16, 40, 0.5, 2, false, 100, 10, 20, 5, 100, null);

    @TempDir
    private Path folder;

    private Measured run(Workload workload, Store store) {
        return new Measurement(workload, store, new Events(), Schedule.closedLoop()).run(FEW, null, progress -> {});
    }

    private Store open() {
        return EngineKind.AVCCDB.open(
                new StoreSettings(folder, Durability.DEFAULT, null, FEW.keyBytes(), FEW.valueBytes(), FEW.records()),
                new Events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"readrandom", "readasof", "scan", "shortscan", "ycsbf"})
    void answersOfAnEmptyDatabaseAreWrong(String workload) {
        try (Store store = open()) {
            assertNotNull(run(Workloads.named(workload), store).complaint());
        }
    }

    @Test
    void aFullDatabaseHasNothingMissing() {
        try (Store store = open()) {
            assertNull(run(Workloads.FILL_RANDOM, store).complaint());
            assertNull(run(Workloads.named("readrandom"), store).complaint());
            Measured scan = run(Workloads.named("scan"), store);
            assertNull(scan.complaint());
            assertEquals(scan.operations() * FEW.records(), scan.records());
        }
    }

    @Test
    void whatFailsInAThreadIsThrown() {
        Worker failing = new Worker() {
            @Override
            public void prepare(long operation) {}

            @Override
            public long perform() {
                throw new IllegalArgumentException("on purpose");
            }

            @Override
            public void close() {}
        };
        Workload workload = new Workload(
                "failing",
                Content.EMPTY,
                Content.OTHER,
                List.of("put"),
                false,
                false,
                parameters -> 10,
                (task, thread) -> failing,
                null);
        try (Store store = open()) {
            Throwable thrown = assertThrows(IllegalStateException.class, () -> run(workload, store));
            assertEquals("on purpose", thrown.getCause().getMessage());
        }
    }
}
