package org.avccdb.cli.dump;

import java.io.IOException;
import java.nio.file.Path;
import org.avccdb.cli.io.Console;
import org.avccdb.cli.io.InputException;

/** Shows one file of a database, whose name says what it is. */
public final class FileDump {
    private FileDump() {}

    /**
     * Prints it.
     *
     * @param longest how many bytes of a field are shown
     * @return how many problems were found
     */
    public static long show(final Path path, final Console console, final int longest) throws IOException {
        final HexListing listing = new HexListing(console, longest);
        try (Bytes file = new Bytes(path)) {
            show(path.getFileName().toString(), file, listing);
        } catch (final CutOffException cut) {
            listing.problem(cut.place(), cut.getMessage());
        }
        return listing.problems();
    }

    private static void show(final String name, final Bytes file, final HexListing listing) {
        if (name.equals("CURRENT")) {
            new ManifestDump(file, listing).showCurrent();
        } else if (name.startsWith("MANIFEST-")) {
            new ManifestDump(file, listing).showManifest();
        } else if (name.endsWith(".journal") || name.endsWith(".spare")) {
            new JournalDump(file, listing).show();
        } else if (name.endsWith(".sst")) {
            new TableDump(file, listing).show();
        } else {
            throw new InputException("'" + name + "' is none of CURRENT, MANIFEST-n, n.journal and n.sst");
        }
    }
}
