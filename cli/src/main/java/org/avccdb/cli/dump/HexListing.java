package org.avccdb.cli.dump;

import java.util.Arrays;
import net.openhft.chronicle.bytes.HexDumpBytes;
import org.avccdb.cli.io.Console;

/** Prints bytes in hex, each piece with its place and what it is. */
final class HexListing {
    /** Where the note goes; the dump itself knows Latin-1 only. */
    private static final String NOTE = "@";

    private final Console console;
    private final int longest;
    private long problems;

    /**
     * Prints there.
     *
     * @param longest how many bytes of a piece are shown
     */
    HexListing(final Console console, final int longest) {
        this.console = console;
        this.longest = longest;
    }

    /** How many problems were told of. */
    long problems() {
        return problems;
    }

    void title(final String text) {
        console.line("");
        console.line("## " + text);
    }

    /** What is wrong with what was shown last. */
    void problem(final long place, final String what) {
        problems++;
        console.line("!! " + place + ": " + what);
    }

    /** Shows a piece; a long one by its beginning. */
    void piece(final long place, final byte[] bytes, final String note) {
        final boolean cut = bytes.length > longest;
        final byte[] shown = cut ? Arrays.copyOf(bytes, longest) : bytes;
        final HexDumpBytes dump = new HexDumpBytes();
        try {
            dump.offsetFormat((offset, text) -> text.append(String.format("%08x ", place + offset)));
            dump.writeHexDumpDescription(NOTE);
            dump.write(shown);
            console.line(
                    shown.length == 0
                            ? "# " + note
                            : dump.toHexString().stripTrailing().replace(NOTE, note));
        } finally {
            dump.releaseLast();
        }
        if (cut) {
            omitted(place + longest, bytes.length - longest);
        }
    }

    /** Says that bytes are not shown. */
    void omitted(final long place, final long count) {
        console.line(String.format("%08x .. %d more bytes", place, count));
    }
}
