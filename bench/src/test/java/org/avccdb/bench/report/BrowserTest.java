package org.avccdb.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avccdb.bench.measure.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages in a real browser; skipped where there is none. */
class BrowserTest {
    private static final int PHONE = 390;
    private static final int DESK = 1_280;

    /** Not a temporary folder: the browser's processes may still write into it when it is to be deleted. */
    private static final Path SCRATCH = Path.of("target", "browser").toAbsolutePath();

    @TempDir
    private Path folder;

    private Browser browser;
    private Path page;

    @BeforeEach
    void open() throws Exception {
        Path executable = Browser.find();
        assumeTrue(
                executable != null, "no Chromium on the PATH, so pages are not tried in a browser; install chromium");
        browser = new Browser(executable, Files.createDirectories(SCRATCH));
        Files.writeString(folder.resolve("run.json"), Json.write(SampleRun.full()));
        page = Report.write(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "false,1280,ffffff,0072b2",
        "true,1280,15181c,56b4e9",
        "false,390,ffffff,0072b2",
        "true,390,15181c,56b4e9"
    })
    void isDrawnInItsColours(boolean isDark, int width, String ground, String accent) throws Exception {
        BufferedImage picture = browser.picture(page, isDark, width, 1_600);
        assertEquals(List.of(), browser.console());
        assertEquals(width, picture.getWidth());
        assertEquals(ground, colour(picture.getRGB(2, 2)));
        int others = 0;
        int accents = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                String colour = colour(picture.getRGB(x, y));
                others += colour.equals(ground) ? 0 : 1;
                accents += colour.equals(accent) ? 1 : 0;
            }
        }
        assertTrue(others > picture.getWidth() * picture.getHeight() / 100, "only " + others + " pixels are drawn");
        assertTrue(accents > 100, "only " + accents + " pixels have the engine's colour");
    }

    /** Tables may be wider and move on their own, but the page may not. */
    @ParameterizedTest
    @CsvSource({"320", "390", "1280"})
    void fitsTheWidth(int width) throws Exception {
        Path frame = folder.resolve("frame.html");
        Files.writeString(frame, """
                <!DOCTYPE html><html><body><iframe id="page" src="report.html" style="width:%dpx; height:800px"></iframe>
                <script>
                onload = () => {
                  const root = document.getElementById('page').contentDocument.documentElement;
                  const charts = [...root.querySelectorAll('figure svg')].map(svg => svg.getBoundingClientRect().width);
                  document.body.className = `over ${root.scrollWidth - root.clientWidth} charts ${charts.length} `
                    + `narrowest ${Math.min(...charts) >= Math.min(280, root.clientWidth - 40)}`;
                }
                </script></body></html>
                """.formatted(width));
        String content = browser.content(frame, DESK);
        assertEquals(List.of(), browser.console());
        assertTrue(content.contains("\"over 0 charts 4 narrowest true\""), content.substring(0, 200));
    }

    /** So a page that fetched something would be seen. */
    @Test
    void whatAPageFetchesIsRefusedAndSaid() throws Exception {
        String text = Files.readString(page);
        Files.writeString(page, text.replace("<h1>", "<img alt=\"\" src=\"http://127.0.0.1:1/x.png\"/><h1>"));
        browser.picture(page, false, PHONE, 800);
        assertEquals(1, browser.console().size(), browser.console()::toString);
        assertTrue(browser.console().get(0).contains("violates the following Content Security Policy"));
        assertFalse(text.contains("<script"));
    }

    private static String colour(int rgb) {
        return String.format("%06x", rgb & 0xffffff);
    }
}
