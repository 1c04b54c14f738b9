package org.avccdb.engine.compaction;

import java.util.List;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.table.TableMeta;

/**
 * Merges runs into tables, or a slice of their keys, in steps: what flushes and compactions have in common. One thread at a time
 * uses it.
 *
 * <ol>
 *   <li>All records of a user key that are kept go into one table.
 *   <li>Every record read is either written or dropped by {@link DropRules}: their digests add up.
 *   <li>When the last step of all slices is done, the tables are durable, though not yet their names: whoever applies the edit
 *       sees to that.
 * </ol>
 */
public final class RunMerge {
    /** Work of a step, in bytes taken in. */
    private static final int STEP_BYTES = 128 * 1024;
    /** What a record costs beside its bytes, in bytes. */
    private static final int RECORD_COST = 64;

    private enum Phase {
        MERGE,
        CUT,
        FINISH,
        DONE
    }

    private final MergeInput[] inputs;
    private final MergeSource source;
    private final DropRules rules;
    private final RunWriter output;
    private final TableGroup group;
    private Phase phase = Phase.MERGE;
    private long recordsRead;
    private long recordsWritten;
    private long recordsDropped;
    private long digestsRead;
    private long digestsDropped;
    private boolean keyHasOutput;
    private boolean held;

    /** A merge of all keys. */
    public RunMerge(
            final TaskContext context,
            final List<MergeInput> inputs,
            final KeySpan span,
            final OlderRuns older,
            final int level,
            final long[] replaced,
            final OutputCuts cuts) {
        this(context, inputs, span, older, level, replaced, cuts, new TableGroup(1));
    }

    /**
     * A merge that has not begun.
     *
     * @param inputs newest first; closed by this
     * @param span all their keys
     * @param older the runs that are older than all inputs
     * @param level what the outputs are made for
     * @param replaced numbers of the tables that the outputs replace
     * @param group of the tables of all slices
     */
    RunMerge(
            final TaskContext context,
            final List<MergeInput> inputs,
            final KeySpan span,
            final OlderRuns older,
            final int level,
            final long[] replaced,
            final OutputCuts cuts,
            final TableGroup group) {
        this.inputs = inputs.toArray(new MergeInput[0]);
        this.source = new MergeSource(this.inputs, span.commonPrefix());
        this.rules = new DropRules(older);
        this.output = new RunWriter(context, level, replaced, cuts, group);
        this.group = group;
    }

    /** Does a bounded piece of the work. */
    public void step() {
        switch (phase) {
            case MERGE -> merge();
            case CUT -> {
                output.finishTable();
                phase = Phase.MERGE;
            }
            case FINISH -> {
                closeInputs();
                group.sliceEnds(output);
                phase = Phase.DONE;
            }
            case DONE -> throw new IllegalStateException("a step after the last one");
        }
    }

    private void merge() {
        long taken = 0;
        while (taken < STEP_BYTES) {
            if (!held) {
                if (!source.next()) {
                    phase = Phase.FINISH;
                    break;
                }
                recordsRead++;
                final ShownRecord record = source.record();
                final long digest = source.digest();
                digestsRead += digest;
                taken += (long) record.keyLength() + record.valueLength() + RECORD_COST;
                if (source.isNewKey()) {
                    keyHasOutput = false;
                }
                if (!rules.keeps(record, source.isNewKey())) {
                    recordsDropped++;
                    digestsDropped += digest;
                    continue;
                }
                if (!keyHasOutput && output.endsBefore(record)) {
                    held = true;
                    phase = Phase.CUT;
                    break;
                }
            }
            held = false;
            output.add(source.record());
            keyHasOutput = true;
            recordsWritten++;
        }
    }

    /** Checks that what was read is in the tables, or was dropped; when all slices have ended. */
    public void checkNothingIsLost() {
        long inTables = 0;
        for (final TableMeta table : output.tables()) {
            inTables += table.records();
        }
        if (recordsRead != recordsWritten + recordsDropped || inTables != recordsWritten) {
            throw new IllegalStateException("of " + recordsRead + " records, " + recordsDropped + " were dropped and "
                    + recordsWritten + " written, of which " + inTables + " are in tables");
        }
        if (digestsRead != digestsDropped + output.digestSum()) {
            throw new IllegalStateException("the " + recordsRead + " records that were read are not the "
                    + recordsWritten + " written and the " + recordsDropped + " dropped");
        }
    }

    /** Whether only the last step is left, which completes the group of the tables. */
    public boolean isMerged() {
        return phase == Phase.FINISH;
    }

    /** Whether all is done. */
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    /** The tables that are finished. */
    public List<TableMeta> tables() {
        return output.tables();
    }

    /** Length of the tables so far, with the one that is not finished. */
    public long bytesWritten() {
        return output.bytesWritten();
    }

    public long recordsRead() {
        return recordsRead;
    }

    public long recordsDropped() {
        return recordsDropped;
    }

    private void closeInputs() {
        for (final MergeInput input : inputs) {
            input.close();
        }
    }

    /** Gives up what has not been finished, and deletes what has been written. Never throws. */
    public void abandon() {
        closeInputs();
        output.abandon();
    }
}
