package org.avccdb.cli.command;

import java.util.Locale;
import java.util.function.Consumer;
import org.avccdb.VerifyProgress;

/** How far a check is, for people. One thread tells it, another one asks. */
final class CheckProgress implements Consumer<VerifyProgress> {
    private static final int WHOLE = 100;

    private volatile VerifyProgress last = new VerifyProgress(0, 0, 0, 0, 0);

    @Override
    public void accept(final VerifyProgress progress) {
        last = progress;
    }

    @Override
    public String toString() {
        final VerifyProgress now = last;
        return String.format(
                Locale.ROOT,
                "%d %% read, %d of %d files, %d of %d bytes%s",
                now.bytes() == 0 ? 0 : (long) ((double) now.bytesRead() / now.bytes() * WHOLE),
                now.filesRead(),
                now.files(),
                now.bytesRead(),
                now.bytes(),
                now.problems() == 0 ? "" : ", " + now.problems() + " problems so far");
    }
}
