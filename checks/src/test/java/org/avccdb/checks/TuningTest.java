package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avccdb.AvccDb;
import org.avccdb.EventListener;
import org.avccdb.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the page about options against the options that there are. */
class TuningTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int OPTION_CELLS = 4;
    private static final String EMPTY = "(empty)";
    private static final String DEPENDS_ON_CORES = "DEDICATED or SHARED";

    private final Page page = Page.read(Repository.find().root().resolve("TUNING.md"));

    @TempDir
    private Path folder;

    /** The rows of options, by name. */
    private Map<String, List<String>> options() {
        Map<String, List<String>> options = new TreeMap<>();
        for (List<String> row : page.rows()) {
            if (row.size() == OPTION_CELLS && row.get(0).startsWith("`")) {
                String name = code(row.get(0)).get(0);
                assertEquals(null, options.put(name, row), name + " stands there twice");
            }
        }
        return options;
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private Properties defaults() throws IOException {
        Path file = folder.resolve("defaults");
        Options.DEFAULT.save(file);
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return properties;
    }

    @Test
    void everyOptionIsThereAndNoOther() throws IOException {
        assertEquals(
                new TreeSet<>(defaults().stringPropertyNames()),
                new TreeSet<>(options().keySet()));
    }

    /** The values of the page, as a file of options, are the defaults. */
    @Test
    void defaultsAreThoseOfTheCode() throws IOException {
        String threadingMode = defaults().getProperty("threadingMode");
        StringBuilder file = new StringBuilder();
        options().forEach((name, row) -> {
            String value = row.get(1);
            if (name.equals("threadingMode")) {
                assertEquals(DEPENDS_ON_CORES, value);
                value = threadingMode;
            }
            file.append(name)
                    .append('=')
                    .append(value.equals(EMPTY) ? "" : value)
                    .append('\n');
        });
        Path written = Files.writeString(folder.resolve("page"), file);
        Options.load(written).save(folder.resolve("again"));
        assertEquals(
                Files.readString(folder.resolve("defaults")).lines().toList(),
                Files.readString(folder.resolve("again")).lines().toList());
    }

    @Test
    void eachSaysWhatItTradesAndWhereItIsSeen() {
        String stats;
        try (AvccDb db = AvccDb.open(folder.resolve("database"))) {
            stats = db.stats().toString();
        }
        List<String> events = Arrays.stream(EventListener.class.getMethods())
                .map(Method::getName)
                .toList();
        options().forEach((name, row) -> {
            assertFalse(row.get(2).isBlank(), name);
            List<String> places = code(row.get(3));
            assertFalse(places.isEmpty(), name);
            for (String place : places) {
                boolean inStats = Pattern.compile("\\b" + Pattern.quote(place) + "\\b")
                        .matcher(stats)
                        .find();
                assertTrue(inStats || events.contains(place), () -> name + " is not seen in " + place);
            }
        });
    }

    /** What else the page names in its tables are options, or places of the statistics or the API. */
    @Test
    void adviceIsAboutOptionsThatThereAre() {
        String names = options().keySet().stream().collect(Collectors.joining("|"));
        List<String> advice = page.rows().stream()
                .filter(row -> row.size() == OPTION_CELLS - 1)
                .flatMap(row -> code(row.get(2)).stream())
                .filter(word -> word.matches("[a-z][A-Za-z0-9]+"))
                .toList();
        assertFalse(advice.isEmpty());
        List<String> methods =
                Arrays.stream(AvccDb.class.getMethods()).map(Method::getName).toList();
        for (String word : advice) {
            assertTrue(word.matches(names) || methods.contains(word) || word.equals("open"), word);
        }
    }
}
