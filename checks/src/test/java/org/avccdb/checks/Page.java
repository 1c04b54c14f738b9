package org.avccdb.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown, and what is in it. */
record Page(Path file, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A block between fences. */
    record Block(String language, String content) {}

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher block = FENCED.matcher(text);
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    /** The content of the only block of a language. */
    String block(String language) {
        List<Block> all = blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " blocks of '" + language + "' in " + file);
        }
        return all.get(0).content();
    }

    /** The rows of all tables, cell by cell, without the lines below their heads. */
    List<List<String>> rows() {
        return text.lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** Where its relative links lead. */
    List<Path> links() {
        List<Path> links = new ArrayList<>();
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            links.add(file.resolveSibling(link.group(1)));
        }
        return links;
    }
}
