package org.avccdb.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static Map<String, Object> result(String engine, double rate, long p99) {
        return Map.of(
                "workload",
                "readrandom",
                "engine",
                engine,
                "recordsPerSecond",
                rate,
                "resources",
                Map.of(),
                "latency",
                Map.of(
                        "rare", Map.of("service", Map.of("count", 1L, "p99", 9_999L)),
                        "get", Map.of("service", Map.of("count", 5L, "p99", p99))));
    }

    @Test
    void mediansOfRoundsAreCompared() {
        Summary summary = new Summary(List.of(
                result("a", 300, 3),
                result("b", 100, 30),
                result("a", 500, 5),
                result("b", 200, 20),
                result("a", 400, 4)));
        Map<String, Object> a = summary.rows().get(0);
        Map<String, Object> b = summary.rows().get(1);
        assertEquals(400.0, a.get("recordsPerSecond"));
        assertEquals(300.0, a.get("lowest"));
        assertEquals(500.0, a.get("highest"));
        assertEquals(4.0, a.get("p99"));
        assertEquals(1.0, a.get("ratioOfFirst"));
        assertEquals(150.0, b.get("recordsPerSecond"));
        assertEquals(25.0, b.get("p99"));
        assertEquals(400.0 / 150, b.get("ratioOfFirst"));
    }
}
