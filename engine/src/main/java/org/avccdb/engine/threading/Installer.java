package org.avccdb.engine.threading;

import java.util.function.Consumer;
import org.avccdb.NoSpaceException;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.writer.FailureLatch;

/**
 * Makes what a task has done part of the database: first durably, in the manifest, then for readers. Any background thread.
 *
 * <ol>
 *   <li>A failure of the manifest stops all writing: which edits are on disk is in doubt. Only want of room that was noticed
 *       before anything was written leaves no doubt, and is thrown as it is, to be tried again.
 * </ol>
 */
public final class Installer {
    private final VersionSet versions;
    private final FailureLatch latch;
    private final Consumer<Throwable> onLatch;

    public Installer(final VersionSet versions, final FailureLatch latch, final Consumer<Throwable> onLatch) {
        this.versions = versions;
        this.latch = latch;
        this.onLatch = onLatch;
    }

    /** Applies an edit and then shows it. */
    public void install(final VersionEdit edit, final Runnable show) {
        try {
            versions.apply(edit);
        } catch (final NoSpaceException notWritten) {
            throw notWritten;
        } catch (final RuntimeException | Error failure) {
            if (latch.set(failure)) {
                onLatch.accept(failure);
            }
            throw latch.refusal();
        }
        show.run();
    }

    /** Whether nothing can be installed any more. */
    boolean isStopped() {
        return latch.isSet();
    }
}
