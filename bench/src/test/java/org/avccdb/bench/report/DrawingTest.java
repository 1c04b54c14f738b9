package org.avccdb.bench.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.avccdb.bench.report.LevelHistory.Band;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are drawn, and how numbers are written. */
class DrawingTest {
    private static final double CLOSE = 1e-9;

    @Test
    void powersOfTenLieEquallyFarApart() {
        Scale scale = Scale.logarithmic(300, 900_000);
        assertEquals(100, scale.from(), CLOSE);
        assertEquals(1_000_000, scale.to(), 1e-6);
        assertEquals(0, scale.at(100), CLOSE);
        assertEquals(0.25, scale.at(1_000), CLOSE);
        assertEquals(0.5, scale.at(10_000), CLOSE);
        assertEquals(Math.log10(5_000) / 4, scale.at(500_000), CLOSE);
        assertEquals(1, scale.at(1_000_000), CLOSE);
        assertEquals(5, scale.ticks().size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-12})
    void whatIsOffTheScaleLiesAtItsEnd(double low) {
        assertEquals(0, Scale.logarithmic(1, 100).at(low), CLOSE);
        assertEquals(1, Scale.logarithmic(1, 100).at(1e9), CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"480000,500000,100000", "1,1,0.2", "7.3,8,2", "0,1,0.2", "99,100,20"})
    void linearScalesEndAtARoundNumber(double highest, double end, double step) {
        Scale scale = Scale.linear(highest);
        assertEquals(end, scale.to(), CLOSE * end);
        assertEquals(step, scale.ticks().get(1), CLOSE * end);
        assertEquals(0.5, scale.at(end / 2), CLOSE);
    }

    @Test
    void aPlotTurnsValuesIntoPlaces() {
        Plot plot = new Plot(new Markup(), 50, 20, 300, 200, Scale.logarithmic(1, 1_000), Scale.linear(100));
        assertEquals(50 + 300 / 3.0, plot.x(10), CLOSE);
        assertEquals(220, plot.y(0), CLOSE);
        assertEquals(20 + 200 * 0.75, plot.y(25), CLOSE);
    }

    @Test
    void levelsAreStacked() {
        LevelHistory history = new LevelHistory(List.of(
                Map.of("atSeconds", 1.0, "levels", List.of(Map.of("level", 2L, "bytes", 30L))),
                Map.of(
                        "atSeconds",
                        2.0,
                        "levels",
                        List.of(Map.of("level", 0L, "bytes", 5L), Map.of("level", 2L, "bytes", 40L)))));
        assertEquals(45, history.highest(), CLOSE);
        List<Band> bands = history.bands();
        assertEquals(List.of(0L, 2L), bands.stream().map(Band::level).toList());
        assertArrayEquals(new double[] {2, 45}, bands.get(1).edge().get(1), CLOSE);
        assertArrayEquals(new double[] {2, 5}, bands.get(1).edge().get(2), CLOSE);
        assertArrayEquals(new double[] {1, 0}, bands.get(1).edge().get(3), CLOSE);
    }

    @Test
    void aCurveGoesForwardOnly() {
        List<double[]> curve = new Distribution(
                        Map.of("curve", List.of(List.of(1.0, 5L), List.of(20_480.0, 90L), List.of(20_000.0, 95L))))
                .curve();
        assertEquals(2, curve.size());
        assertArrayEquals(new double[] {20_000, 95}, curve.get(1), CLOSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1258000|1,260,000",
                "345.6|346",
                "99.99|100",
                "43.71|43.7",
                "5|5.00",
                "0.7|0.70",
                "0.0123|0.012",
                "0|0",
                "-2.5|-2.50",
                "NaN|\u2013",
                "Infinity|\u2013"
            })
    void numbersHaveThreeDigits(double value, String text) {
        assertEquals(text, Figures.plain(value));
    }

    @Test
    void unitsFit() {
        assertEquals("999\u00a0ns", Figures.time(999));
        assertEquals("1\u00a0\u00b5s", Figures.time(999.9));
        assertEquals("35.6\u00a0ms", Figures.time(35_618_815));
        assertEquals("4200\u00a0s", Figures.time(4.2e12));
        assertEquals("345\u00a0MB", Figures.bytes(345_000_000));
        assertEquals("0\u00a0B", Figures.bytes(0));
        assertEquals("250\u00a0k", Figures.shortCount(250_000));
        assertEquals("12", Figures.shortCount(12));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "10,90", "100,99", "1000,99.9", "1000000,99.9999", "2,50"})
    void percentilesHaveTheirNames(double rest, String name) {
        assertEquals(name, Figures.percentile(rest));
    }

    @Test
    void textIsEscaped() throws Exception {
        Markup out = new Markup();
        out.begin("p", "title", SampleRun.NASTY)
                .text(SampleRun.NASTY + "\u0000")
                .end();
        assertEquals(
                SampleRun.NASTY + "\ufffd",
                SampleRun.parsed("\n" + out).getDocumentElement().getTextContent());
        assertEquals(
                SampleRun.NASTY,
                SampleRun.parsed("\n" + out).getDocumentElement().getAttribute("title"));
        assertThrows(IllegalStateException.class, () -> new Markup().begin("p").toString());
        assertTrue(
                Palette.of("something else").equals("c5") && Palette.of("lmdb").equals("c3"));
    }
}
