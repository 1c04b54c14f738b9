package org.avccdb.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.avccdb.bench.measure.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class IndexTest {
    @TempDir
    private Path folder;

    @Test
    void listsRunsAndScoresAndItsLinksLead() throws Exception {
        Path run = Files.createDirectories(folder.resolve("engine").resolve("a run & more"));
        Files.writeString(run.resolve("run.json"), Json.write(SampleRun.full()));
        Files.writeString(run.resolve("README.md"), "words\n");
        Path memtable = Files.createDirectories(folder.resolve("memtable"));
        Files.writeString(memtable.resolve("jmh.json"), Json.write(List.of(score("First", 40), score("Second", 120))));
        Files.writeString(memtable.resolve("other.json"), "{}");
        assertEquals(0, ReportCommand.execute("--index", folder.toString()));

        Document page = SampleRun.parsed(Files.readString(folder.resolve("index.html")));
        List<List<String>> rows = ReportTest.rows(page);
        assertTrue(
                rows.contains(List.of("get, size 4", "FirstBenchmark", "40.0", "2.00", "ns/op", "", "16.0")),
                rows::toString);
        assertTrue(rows.contains(List.of("", "SecondBenchmark", "120", "6.00", "ns/op", "", "16.0")), rows::toString);
        assertTrue(rows.stream().anyMatch(row -> row.contains("480,000") && row.contains("avccdb")), rows::toString);
        List<Element> links = ReportTest.elements(page.getElementsByTagName("a"));
        assertEquals(4, links.size());
        for (Element link : links) {
            Path target = Path.of(folder.toUri().resolve(link.getAttribute("href")));
            assertTrue(Files.exists(target), link.getAttribute("href"));
        }
    }

    private static Map<String, Object> score(String type, double score) {
        return Map.of(
                "benchmark",
                "org.sample." + type + "Benchmark.get",
                "params",
                Map.of("size", "4"),
                "primaryMetric",
                Map.of("score", score, "scoreError", score / 20, "scoreUnit", "ns/op"),
                "secondaryMetrics",
                Map.of("gc.alloc.rate.norm", Map.of("score", 16.0)));
    }
}
