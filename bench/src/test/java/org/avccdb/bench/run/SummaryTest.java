package org.avccdb.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
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

    @Test
    void sizesOfProofsAreInTheTable() {
        List<Map<String, Object>> results = new ArrayList<>();
        for (long round = 1; round <= 3; round++) {
            Map<String, Object> result = new HashMap<>(result("a", 100, 1));
            Map<String, Object> sizes = Map.of("count", 1_000L, "p50", 1_200 + round, "p99", 1_300L, "max", 1_400L);
            result.put("proofBytes", Map.of("absence", sizes));
            results.add(result);
        }
        results.add(result("b", 100, 1));
        Summary summary = new Summary(results);
        assertEquals(
                Map.of("absence", Map.of("count", 1_000.0, "p50", 1_202.0, "p99", 1_300.0, "max", 1_400.0)),
                summary.rows().get(0).get("proofBytes"));
        assertFalse(summary.rows().get(1).containsKey("proofBytes"));
        List<List<String>> lines = table(summary);
        assertTrue(lines.contains(List.of("absence", "a", "1,000", "1,202", "1,300", "1,400")), lines::toString);
        assertFalse(new Summary(List.of(result("b", 100, 1))).toString().contains("proof"));
    }

    private static List<List<String>> table(Summary summary) {
        return summary.toString()
                .lines()
                .map(line -> List.of(line.split(" +", -1)))
                .toList();
    }
}
