package org.avccdb.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.bench.measure.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void aPictureHasALineForEachEngine() throws Exception {
        Files.writeString(folder.resolve("run.json"), Json.write(SampleRun.full()));
        Path file = folder.resolve("picture.svg");
        assertEquals(0, ReportCommand.execute(folder.toString(), "--picture", file.toString()));
        Document picture = SampleRun.parsed("\n" + Files.readString(file));
        assertEquals("svg", picture.getDocumentElement().getTagName());
        String text = picture.getDocumentElement().getTextContent();
        assertTrue(text.contains("avccdb") && text.contains("lmdb"), text);
        assertTrue(picture.getElementsByTagName("path").getLength()
                        + picture.getElementsByTagName("polyline").getLength()
                > 1);
        assertEquals(2, ReportCommand.execute(folder.toString(), "--picture", file.toString(), "--workload", "nosuch"));
    }

    @Test
    void everyFigureIsThereAndRight() throws Exception {
        Document page = SampleRun.parsed(SampleRun.page(SampleRun.full()));
        List<List<String>> rows = rows(page);
        // Winner: the medians are 480,000 and 110,000.
        assertTrue(
                rows.contains(List.of("fillrandom", "avccdb", "480,000", "4.36\u00d7", "rounds lie apart")),
                rows::toString);
        assertTrue(
                rows.contains(List.of(
                        "fillrandom",
                        "avccdb",
                        "480,000",
                        "",
                        "3",
                        "400,000 \u2013 500,000",
                        "1.00\u00d7",
                        "2.25",
                        "11.3",
                        "18.0",
                        "78.0")),
                rows::toString);
        assertTrue(
                rows.contains(List.of(
                        "",
                        "lmdb",
                        "110,000",
                        "",
                        "3",
                        "100,000 \u2013 120,000",
                        "4.36\u00d7",
                        "8.55",
                        "42.8",
                        "68.4",
                        "78.0")),
                rows::toString);
        assertTrue(
                rows.contains(List.of(
                        "fillrandom", "avccdb", "3.21", "7.65", "2", "345\u00a0MB", "4.32", "1.23", "\u2013", "0.25")),
                rows::toString);
        String text = page.getDocumentElement().getTextContent();
        for (String expected : List.of(
                "avccdb is 4.36\u00d7 as fast as lmdb",
                "1,000,000 records of 16-byte keys and 100-byte values",
                "3 rounds",
                "./avccdb bench fillrandom --versus lmdb",
                "0123456789abcdef0123456789abcdef01234567-dirty",
                "Sample 9000, 2 cores",
                "16\u00a0GB",
                "-Xmx1g",
                "Sample VM 17",
                "longest 900\u00a0\u00b5s",
                "survives the process",
                "put, service time",
                "put, response time",
                "compaction, 1.5\u00a0s, 1\u00a0MB",
                SampleRun.NASTY)) {
            assertTrue(text.contains(expected), expected);
        }
    }

    @Test
    void chartsHaveALineOfEachRoundAndAllEvents() throws Exception {
        Document page = SampleRun.parsed(SampleRun.page(SampleRun.full()));
        // Three rounds in a chart of service and in one of response times; one of them bold, and one over time.
        assertEquals(2 * 2, count(page, "polyline", "line c0 faint"));
        assertEquals(2 * 2, count(page, "polyline", "line c3 faint"));
        assertEquals(2 + 1, count(page, "polyline", "line c0"));
        assertEquals(2 + 1, count(page, "polyline", "line c3"));
        assertEquals(1, count(page, "polyline", "line c0 p99"));
        assertEquals(2, count(page, "rect", "event stall"));
        assertEquals(4, count(page, "rect", "band stall"));
        assertEquals(4, count(page, "polygon", "area c0") + count(page, "polygon", "area c3"));
        assertEquals(2, count(page, "polyline", "line jitter"));
    }

    @Test
    void nothingIsFetched() {
        String page = SampleRun.page(SampleRun.full());
        assertFalse(
                page.contains("http:") || page.contains("https:") || page.contains("src=") || page.contains("url("));
        assertTrue(page.contains("default-src 'none'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"results", "settings", "machine", "jitter", "commit", "command", "started", "failures", "good"})
    void aRunWithoutAPartGivesAPage(String part) throws Exception {
        Map<String, Object> run = SampleRun.full();
        run.remove(part);
        assertTrue(rowsOrFacts(run).contains("Benchmark"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"workload", "engine", "round", "recordsPerSecond", "latency", "series", "events", "resources"})
    void aResultWithoutAPartGivesAPage(String part) throws Exception {
        Map<String, Object> run = SampleRun.full();
        List<Object> results = new ArrayList<>();
        for (Object result : (List<?>) run.get("results")) {
            Map<Object, Object> cut = new LinkedHashMap<>((Map<?, ?>) result);
            cut.remove(part);
            results.add(cut);
        }
        run.put("results", results);
        assertTrue(rowsOrFacts(run).contains("Benchmark"));
    }

    @Test
    void oneEngineAndOneRoundAreNotCompared() throws Exception {
        Map<String, Object> run = SampleRun.full();
        run.put("results", List.of(SampleRun.result("avccdb", 1, 400_000, 2_300)));
        Document page = SampleRun.parsed(SampleRun.page(run));
        assertTrue(
                rows(page).contains(List.of("fillrandom", "avccdb", "400,000", "2.35", "11.8", "18.8", "78.0")),
                rows(page)::toString);
        assertFalse(page.getDocumentElement().getTextContent().contains("\u00d7 as fast as"));
    }

    @Test
    void roundsThatOverlapDecideNothing() throws Exception {
        Map<String, Object> run = SampleRun.full();
        List<Object> results = new ArrayList<>((List<?>) run.get("results"));
        results.add(SampleRun.result("lmdb", 4, 401_000, 2_000));
        run.put("results", results);
        assertTrue(SampleRun.parsed(SampleRun.page(run))
                .getDocumentElement()
                .getTextContent()
                .contains("rounds overlap"));
    }

    @Test
    void whatDidNotHoldStandsAtTheTop() throws Exception {
        Map<String, Object> run = SampleRun.full();
        run.put("good", false);
        run.put("failures", List.of("fillrandom, lmdb, round 2: the rate was not held " + SampleRun.NASTY));
        String text = SampleRun.parsed(SampleRun.page(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("Not everything held"));
        assertTrue(text.contains("round 2: the rate was not held " + SampleRun.NASTY));
    }

    @Test
    void theJobShowsItsChecksAndProofs() throws Exception {
        Map<String, Object> result = SampleRun.result("avccdb", 1, 100, 5_000);
        result.put("workload", "proofs");
        result.put("latency", Map.of("prove latest", Map.of("service", SampleRun.distribution(1_000, 5_000, 90_000))));
        result.put("proofBytes", Map.of("latest", SampleRun.distribution(1_000, 700, 1_900)));
        Map<String, Object> run = SampleRun.full();
        run.put("kind", "job");
        run.put("settings", Map.of("keys", 1_000L, "versions", 5L, "keyBytes", 16L, "valueBytes", 100L));
        run.put("checks", List.of(Map.of("name", "iteration", "held", true, "detail", "12 looked at")));
        run.put("results", List.of(result));
        Document page = SampleRun.parsed(SampleRun.page(run));
        List<List<String>> rows = rows(page);
        assertTrue(rows.contains(List.of("holds", "iteration", "12 looked at")), rows::toString);
        assertTrue(
                rows.contains(List.of("proofs", "prove latest", "1,000", "100,000", "5.00", "25.0", "90.0")),
                rows::toString);
        assertTrue(rows.contains(List.of("proofs", "latest", "1,000", "350", "700", "3,500", "1,900")), rows::toString);
        assertTrue(page.getDocumentElement().getTextContent().contains("1,000 keys in 5 versions each"));
    }

    @Test
    void allRunsBelowADirectoryAreOnOnePage() throws Exception {
        for (String name : List.of("first", "second")) {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("run.json"), Json.write(SampleRun.full()));
        }
        assertEquals(0, ReportCommand.execute(folder.toString()));
        Document page = SampleRun.parsed(Files.readString(folder.resolve("report.html")));
        assertEquals(2, page.getElementsByTagName("article").getLength());
        assertEquals(2, page.getElementsByTagName("li").getLength() - 2);
    }

    @Test
    void argumentsThatAreWrongAreSaid() throws Exception {
        assertEquals(2, ReportCommand.execute());
        assertEquals(2, ReportCommand.execute(folder.resolve("missing").toString()));
        assertEquals(2, ReportCommand.execute(folder.toString()));
        assertEquals(2, ReportCommand.execute("--index", folder.toString()));
        Path file = folder.resolve("run.json");
        for (String garbage : List.of("garbage", "{\"format\": 2}", "[]")) {
            Files.writeString(file, garbage);
            String message = assertThrows(IllegalArgumentException.class, () -> Report.write(folder))
                    .getMessage();
            assertTrue(message.contains(file.toString()), message);
        }
    }

    private static String rowsOrFacts(Map<String, Object> run) throws Exception {
        return SampleRun.parsed(SampleRun.page(run)).getDocumentElement().getTextContent();
    }

    static List<List<String>> rows(Document page) {
        List<List<String>> rows = new ArrayList<>();
        for (Element row : elements(page.getElementsByTagName("tr"))) {
            rows.add(elements(row.getElementsByTagName("td")).stream()
                    .map(cell -> cell.getTextContent().strip())
                    .toList());
        }
        return rows;
    }

    private static int count(Document page, String element, String classes) {
        return (int) elements(page.getElementsByTagName(element)).stream()
                .filter(found -> found.getAttribute("class").equals(classes))
                .count();
    }

    static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return Collections.unmodifiableList(elements);
    }
}
