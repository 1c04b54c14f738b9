package org.avccdb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** One run of the program in this process. */
record Run(int status, String out, String err) {
    static Run of(Object... arguments) {
        return withInput(new byte[0], arguments);
    }

    static Run withInput(byte[] input, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(new ByteArrayInputStream(input), out, err, strings(arguments));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    static String[] strings(Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    }

    /** Runs what must succeed, and returns what it has printed. */
    static String fine(Object... arguments) {
        Run run = of(arguments);
        assertEquals(0, run.status, run.err);
        return run.out;
    }

    /** Runs what must end with this status, and returns what it said about it. */
    static String fails(int status, Object... arguments) {
        Run run = of(arguments);
        assertEquals(status, run.status, run.err);
        return run.err;
    }

    static List<String> lines(Object... arguments) {
        return fine(arguments).lines().toList();
    }
}
