package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The worked example of FORMAT.md is what the code does. */
class FormatPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("FORMAT.md"));
    }

    @Test
    void theHashesOfTheExample() throws IOException {
        String page = page();
        WorkedExample.hashes().forEach((name, hash) -> {
            String line = String.format("%-16s %s", name, hash);
            assertTrue(page.contains(line), line);
        });
    }

    /** Each line of the example begins with bytes, and says behind a bar what they are. */
    @Test
    void theBytesOfTheExample() throws IOException {
        StringBuilder bytes = new StringBuilder();
        page().lines()
                .filter(line -> line.matches("[0-9a-f ]+\\|.*"))
                .forEach(line -> bytes.append(line, 0, line.indexOf('|')));
        assertEquals(
                HexFormat.of().formatHex(WorkedExample.proof()),
                bytes.toString().replace(" ", ""));
    }
}
