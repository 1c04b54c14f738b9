package org.avccdb.bench.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** A small run, made by hand, with all that a page can show. */
final class SampleRun {
    static final String NASTY = "<b>\"5\" & 'six'</b>";

    private SampleRun() {}

    static Map<String, Object> full() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("format", 1L);
        run.put("kind", "workloads");
        run.put("started", "2026-01-02T03:04:05Z");
        run.put("command", List.of("fillrandom", "--versus", "lmdb"));
        run.put("commit", "0123456789abcdef0123456789abcdef01234567-dirty");
        run.put("machine", machine());
        run.put("jitter", Map.of("seconds", 2L, "gaps", distribution(1_000_000, 40, 900_000)));
        run.put("settings", settings());
        run.put("forked", true);
        run.put(
                "results",
                List.of(
                        result("avccdb", 1, 400_000, 2_300),
                        result("avccdb", 2, 500_000, 2_100),
                        result("avccdb", 3, 480_000, 2_200),
                        result("lmdb", 1, 120_000, 8_000),
                        result("lmdb", 2, 100_000, 9_000),
                        result("lmdb", 3, 110_000, 8_500)));
        run.put("failures", List.of());
        run.put("good", true);
        return run;
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processor", "Sample 9000");
        machine.put("cores", 2L);
        machine.put("memoryBytes", 16_000_000_000L);
        machine.put("system", "Linux 6");
        machine.put("fileSystem", "ext4");
        machine.put("jvm", "Sample VM 17");
        machine.put("jvmFlags", List.of("-Xmx1g"));
        machine.put("maxHeapBytes", 1_000_000_000L);
        machine.put("collectors", List.of("G1"));
        machine.put("loadAverageBefore", 0.5);
        return machine;
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("records", 1_000_000L);
        settings.put("keyBytes", 16L);
        settings.put("valueBytes", 100L);
        settings.put("threads", 1L);
        settings.put("rate", 0.0);
        settings.put("durability", "DEFAULT");
        settings.put(
                "engines",
                List.of(Map.of("engine", "avccdb", "description", NASTY, "durability", "survives the process")));
        return settings;
    }

    static Map<String, Object> result(String engine, int round, double rate, long p50) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("workload", "fillrandom");
        result.put("engine", engine);
        result.put("round", (long) round);
        result.put("recordsPerSecond", rate);
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("service", distribution(1_000, p50, 77_000));
        times.put("response", distribution(1_000, p50 + 50, 78_000));
        result.put("latency", Map.of("put", times));
        result.put("series", List.of(line(1, rate, p50), line(2, rate, p50), line(3, rate / 2, p50)));
        result.put(
                "events",
                List.of(
                        event("flush", 0.5, 0.9, "flushed"),
                        event("compaction", 1, 2.5, NASTY),
                        event("stall", 2.6, 2.7, "")));
        result.put("settleSeconds", 0.25);
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("cpuNanosPerOperation", 3_210.0);
        resources.put("allocatedBytesPerOperation", 7.65);
        resources.put("collections", 2L);
        resources.put("peakResidentBytes", 345_000_000L);
        resources.put("writeAmplification", 4.32);
        resources.put("spaceAmplification", 1.23);
        resources.put("spaceAmplificationWithoutJournals", -1.0);
        result.put("resources", resources);
        result.put("failures", List.of());
        return result;
    }

    private static Map<String, Object> line(double at, double rate, long p50) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("atSeconds", at);
        line.put("recordsPerSecond", rate);
        Map<String, Object> times = Map.of("put", Map.of("p50", p50, "p99", p50 * 5, "max", p50 * 40));
        line.put("service", times);
        line.put("response", times);
        line.put(
                "levels",
                List.of(
                        Map.of("level", 0L, "tables", 1L, "bytes", (long) (at * 1_000_000)),
                        Map.of("level", 1L, "tables", 2L, "bytes", 3_000_000L)));
        return line;
    }

    private static Map<String, Object> event(String kind, double from, double to, String text) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("kind", kind);
        event.put("fromSeconds", from);
        event.put("toSeconds", to);
        event.put("bytes", 1_000_000L);
        event.put("text", text);
        return event;
    }

    static Map<String, Object> distribution(long count, long p50, long max) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", count);
        figures.put("mean", p50 * 2.0);
        figures.put("min", p50 / 2);
        figures.put("p50", p50);
        figures.put("p90", p50 * 2);
        figures.put("p99", p50 * 5);
        figures.put("p99.9", p50 * 8);
        figures.put("p99.99", max);
        figures.put("max", max);
        List<Object> curve = new ArrayList<>();
        curve.add(List.of(1.0, p50 / 2));
        curve.add(List.of(2.0, p50));
        curve.add(List.of(10.0, p50 * 2));
        curve.add(List.of(100.0, p50 * 5));
        curve.add(List.of((double) count, max));
        figures.put("curve", curve);
        return figures;
    }

    static String page(Map<String, Object> run) {
        return Report.html(List.of(new Run("sample", run)));
    }

    /** A page is well-formed, or this fails. */
    static Document parsed(String page) throws Exception {
        String xml = page.substring(page.indexOf('\n'));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
