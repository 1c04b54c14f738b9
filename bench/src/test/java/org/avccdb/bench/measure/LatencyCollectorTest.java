package org.avccdb.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.avccdb.bench.load.Sink;
import org.junit.jupiter.api.Test;

class LatencyCollectorTest {
    @Test
    void intervalsAddUpOverThreadsAndKinds() {
        LatencyCollector collector = new LatencyCollector(List.of("get", "put"), true);
        Sink one = collector.newSink();
        Sink other = collector.newSink();
        one.record(0, 10, 100, 1);
        other.record(0, 20, 200, 1);
        other.record(1, 30, 300, 5);
        List<KindLatency> first = collector.drain();
        assertEquals(2, first.get(0).service().getTotalCount());
        assertEquals(20, first.get(0).service().getMaxValue());
        assertEquals(300, first.get(1).response().getMaxValue());
        one.record(0, 40, 400, 1);
        List<KindLatency> second = collector.drain();
        assertSame(first.get(0).service(), second.get(0).service());
        assertEquals(1, second.get(0).service().getTotalCount());
        assertEquals(400, second.get(0).response().getMaxValue());
        assertEquals(0, second.get(1).service().getTotalCount());
        assertEquals(3, collector.totals().get(0).service().getTotalCount());
        assertEquals(4, collector.everything().getTotalCount());
        assertEquals(400, collector.everything().getMaxValue());
        assertEquals(4, collector.operations());
        assertEquals(8, collector.records());
    }

    @Test
    void aClosedLoopHasNoResponseTimes() {
        LatencyCollector collector = new LatencyCollector(List.of("get"), false);
        collector.newSink().record(0, 10, 10, 1);
        assertNull(collector.drain().get(0).response());
        assertEquals(1, collector.everything().getTotalCount());
    }
}
