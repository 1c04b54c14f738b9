package org.avccdb.bench.trace;

import java.util.List;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.workloads.Content;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Workload;

/** A recording as workloads that can be measured: one for each phase, done by one thread. */
public final class Replay {
    private final Recording recording;
    private final Speed speed;
    private final RecordedTimes times = new RecordedTimes();

    /** The workloads are to be run in their order, one at a time, all of them. */
    public Replay(final Recording recording, final Speed speed) {
        this.recording = recording;
        this.speed = speed;
    }

    /** One for each phase. */
    public List<Workload> workloads() {
        return recording.phases().stream().map(this::workload).toList();
    }

    private Workload workload(final Phase phase) {
        return new Workload(
                phase.name(),
                phase.fresh() ? Content.EMPTY : Content.OTHER,
                Content.OTHER,
                phase.kinds(),
                false,
                false,
                parameters -> phase.operations(),
                (task, thread) ->
                        new ReplayWorker(recording, phase, task.store().session(), times),
                null);
    }

    /** When operations are due. */
    public Schedule schedule() {
        return speed == Speed.FULL ? Schedule.closedLoop() : Schedule.timed(operation -> times.nanos());
    }

    /** What is known of the workloads. */
    public Parameters parameters() {
        return new Parameters(
                Math.max(1, recording.recordsPut()),
                recording.operations(),
                recording.keyBytes(),
                recording.valueBytes(),
                0,
                1,
                false,
                1,
                1,
                1,
                1,
                1,
                null);
    }
}
