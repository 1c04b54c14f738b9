package org.avccdb.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Small checks of one text each. They return what is wrong, with the number of the line where there is one. */
final class Tidy {
    static final int MAX_LINES = 600;

    /** In two parts, so that this file passes its own check. */
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern COMMENTED_OUT = Pattern.compile("^\\s*//.*[;{]\\s*$");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.}])/(home|work|root|tmp)/[A-Za-z]");

    private Tidy() {}

    static List<String> tabs(String text) {
        return lines(text, "tab", line -> line.indexOf('\t') >= 0);
    }

    static List<String> trailingWhitespace(String text) {
        return lines(text, "trailing whitespace", line -> !line.equals(line.stripTrailing()));
    }

    static List<String> noFinalNewline(String text) {
        return text.isEmpty() || text.endsWith("\n") ? List.of() : List.of("no newline at the end");
    }

    static List<String> tooLong(String text) {
        long count = text.lines().count();
        return count <= MAX_LINES ? List.of() : List.of(count + " lines, more than " + MAX_LINES);
    }

    static List<String> leftovers(String text) {
        return lines(text, "marker of unfinished work", LEFTOVER.asPredicate());
    }

    /** A guess: a comment that ends as a statement or a block's head does. */
    static List<String> commentedOutCode(String text) {
        return lines(text, "commented-out code", COMMENTED_OUT.asPredicate());
    }

    static List<String> machinePaths(String text) {
        return lines(text, "path of one machine", MACHINE_PATH.asPredicate());
    }

    private static List<String> lines(String text, String problem, Predicate<String> isBad) {
        List<String> found = new ArrayList<>();
        int number = 0;
        // Not String.lines(), which would take a carriage return at the end for part of the line break.
        for (String line : text.split("\n", -1)) {
            number++;
            if (isBad.test(line)) {
                found.add("line " + number + ": " + problem);
            }
        }
        return found;
    }
}
