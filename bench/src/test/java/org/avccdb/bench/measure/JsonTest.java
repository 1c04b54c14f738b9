package org.avccdb.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenIsRead() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a \"quoted\" \\ line\nand\ttab \u0001 \u00e9");
        map.put("whole", 1L << 60);
        map.put("broken", -0.5);
        map.put("yes", true);
        map.put("nothing", null);
        map.put("empty", List.of());
        map.put("list", Arrays.asList(1L, 2.5, "x", null, List.of(3L), Map.of("k", 4L)));
        map.put("object", Map.of());
        assertEquals(map, JsonReader.readObject(Json.write(map)));
    }

    @Test
    void numbersThatJsonHasNotBecomeNull() {
        assertNull(JsonReader.read(Json.write(Double.NaN)));
        assertNull(JsonReader.read(Json.write(Double.POSITIVE_INFINITY)));
    }

    @Test
    void textsOfOthersAreRead() {
        assertEquals(
                Map.of("a", List.of(1L, -2e3, "\u00e9/\b"), "b", Map.of()),
                JsonReader.read(" {\"a\" :[1 , -2e3,\"\\u00e9\\/\\b\"],\"b\":{ } } "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "\"a",
                "\"\n\"",
                "tru",
                "1 2",
                "{,}",
                "\"\\x\"",
                "\"\\u00\""
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read(text));
    }
}
