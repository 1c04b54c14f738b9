package org.avccdb.cli.load;

import java.io.IOException;
import java.io.InputStream;
import org.avccdb.WriteBatch;
import org.avccdb.cli.io.InputException;

/** Carries out the operations of many lines, batch by batch. */
public final class Loader {
    /** Hex doubles what it prints, escapes make it four times as long. */
    private static final int LONGEST_LINE = 1 << 30;

    private static final int BATCH_BYTES = 1 << 20;

    private final Lines lines;
    private final Target target;
    private final boolean atomic;
    private final Progress progress;
    private final WriteBatch batch = new WriteBatch();
    private long line;
    private long linesWritten;
    private long operations;

    /** Where the batches go. */
    public interface Target {
        /**
         * Carries out a batch.
         *
         * @param last whether it is the last one
         */
        void write(WriteBatch batch, boolean last);
    }

    /** Is told after each batch but the last one how far the work is. */
    public interface Progress {
        /** So many operations have been carried out. */
        void reached(long operations);
    }

    /**
     * From lines of this format to there.
     *
     * @param atomic whether nothing stays of what was written, where something is wrong
     */
    public Loader(final Lines lines, final Target target, final boolean atomic, final Progress progress) {
        this.lines = lines;
        this.target = target;
        this.atomic = atomic;
        this.progress = progress;
    }

    /**
     * Reads to the end.
     *
     * @return how many operations there were
     */
    public long load(final InputStream in) throws IOException {
        final LineReader reader = new LineReader(in, LONGEST_LINE);
        try {
            line = 1;
            for (byte[] next = reader.next(); next != null; next = reader.next()) {
                if (batch.byteSize() >= BATCH_BYTES) {
                    write(false);
                }
                lines.parse(next, batch);
                line++;
            }
        } catch (final InputException | IllegalArgumentException wrong) {
            throw new InputException("line " + line + ": " + wrong.getMessage() + "; " + whatIsDone());
        }
        // Even where it is empty: it makes the ones before it durable.
        write(true);
        return operations;
    }

    private void write(final boolean last) {
        target.write(batch, last);
        operations += batch.count();
        batch.clear();
        linesWritten = line - 1;
        if (!last) {
            progress.reached(operations);
        }
    }

    private String whatIsDone() {
        return atomic || linesWritten == 0
                ? "nothing was loaded"
                : "lines 1 to " + linesWritten + " were written before it";
    }
}
