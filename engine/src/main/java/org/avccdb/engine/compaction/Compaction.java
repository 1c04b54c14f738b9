package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.CompactionCause;
import org.avccdb.Options;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * A plan: which tables are merged, and into which level. Immutable. It holds no references: its claim sees to it that its
 * inputs stay in the current version until its own edit.
 *
 * <p>The inputs are tables of one level and all tables of the next that overlap them; or tables of one level alone, to be
 * written anew in that level, where in level 0 they become one.
 */
public final class Compaction {
    /** How many tables' worth of inputs make a slice: the more, the fewer outputs end early. */
    private static final int SLICE_TABLES = 4;
    /** How many tables' worth of the level below the outputs one output may overlap. */
    static final int GRANDPARENT_TABLES = 10;

    private final CompactionCause cause;
    private final int level;
    private final int outputLevel;
    private final List<TableFile> upper;
    private final List<TableFile> lower;
    private final KeySpan span;
    private final boolean move;
    private final long tableBytes;
    private final List<TableMeta> grandparents;
    private final List<List<TableMeta>> older = new ArrayList<>();
    private InFlight.Claim claim;

    /**
     * A plan that has claimed nothing yet.
     *
     * @param upper tables of the level, in level 0 newest first
     * @param lower tables of the output level, where that is another one
     */
    Compaction(
            final CompactionCause cause,
            final Options options,
            final Version version,
            final int level,
            final int outputLevel,
            final List<TableFile> upper,
            final List<TableFile> lower,
            final boolean movable) {
        this.cause = cause;
        this.level = level;
        this.outputLevel = outputLevel;
        this.upper = upper;
        this.lower = lower;
        this.span = KeySpan.union(Tables.span(upper), Tables.span(lower));
        this.tableBytes = options.compactionTableBytes(outputLevel);
        this.grandparents = Tables.metas(version, outputLevel + 1, span);
        if (outputLevel == 0) {
            addWhatStays(version);
        }
        for (int below = outputLevel + 1; below < Version.LEVELS; below++) {
            older.add(Tables.metas(version, below, span));
        }
        this.move = movable
                && upper.size() == 1
                && lower.isEmpty()
                && outputLevel != level
                && Tables.overlappingBytes(version, outputLevel + 1, span) <= grandparentLimit();
    }

    /** Tables of level 0 that are older than the inputs. */
    private void addWhatStays(final Version version) {
        final long oldest = Sequences.of(upper).lowest();
        for (final TableFile table : version.level(0)) {
            if (table.meta().maxSequence() < oldest) {
                older.add(List.of(table.meta()));
            }
        }
    }

    private long grandparentLimit() {
        return GRANDPARENT_TABLES * tableBytes;
    }

    boolean conflicts(final InFlight inFlight) {
        return inFlight.conflicts(level, outputLevel, span, Sequences.of(upper));
    }

    Compaction claim(final InFlight inFlight) {
        claim = inFlight.claim(level, outputLevel, span, Sequences.of(upper));
        return this;
    }

    InFlight.Claim claim() {
        return claim;
    }

    public CompactionCause cause() {
        return cause;
    }

    /** Where the inputs come from. */
    public int level() {
        return level;
    }

    /** Where the outputs go. */
    public int outputLevel() {
        return outputLevel;
    }

    /** Inputs of {@link #level}, in level 0 newest first. */
    List<TableFile> upper() {
        return upper;
    }

    /** Inputs of the level below. */
    List<TableFile> lower() {
        return lower;
    }

    /** All keys of the inputs. */
    KeySpan span() {
        return span;
    }

    /** Whether the one input just goes to another level, as it is. */
    public boolean isMove() {
        return move;
    }

    /** How many tables are merged. */
    public int inputs() {
        return upper.size() + lower.size();
    }

    /** Their bytes together. */
    public long inputBytes() {
        return Tables.bytes(upper) + Tables.bytes(lower);
    }

    List<TableFile> allInputs() {
        final List<TableFile> all = new ArrayList<>(upper);
        all.addAll(lower);
        return all;
    }

    /** Slices of the keys that can be merged each for itself; one where the output is to be one table. */
    List<KeySlice> slices() {
        return outputLevel == 0 ? List.of(KeySlice.ALL) : Slicing.of(allInputs(), SLICE_TABLES * tableBytes);
    }

    /**
     * What the merge of a slice reads, newest first.
     *
     * @param checksHashes whether the roots of what is read are checked; only where all is one slice
     */
    List<MergeInput> openInputs(final KeySlice slice, final InputTally tally, final boolean checksHashes) {
        final List<MergeInput> inputs = new ArrayList<>();
        if (level == 0) {
            upper.forEach(table -> addInput(inputs, List.of(table), slice, tally, checksHashes));
        } else {
            addInput(inputs, upper, slice, tally, checksHashes);
        }
        addInput(inputs, lower, slice, tally, checksHashes);
        return inputs;
    }

    private static void addInput(
            final List<MergeInput> inputs,
            final List<TableFile> run,
            final KeySlice slice,
            final InputTally tally,
            final boolean checksHashes) {
        final List<TableFile> near = new ArrayList<>(run);
        near.removeIf(table -> !slice.overlaps(table.meta()));
        if (!near.isEmpty()) {
            inputs.add(new TableSequence(near, slice, tally, checksHashes));
        }
    }

    /**
     * The runs that are older than the inputs and have keys in the slice: the levels below the outputs, and for what stays in
     * level 0, older tables there. What else is in the inputs' levels has none of their keys, or, in level 0, is newer.
     */
    OlderRuns olderRuns(final KeySlice slice) {
        final OlderRuns runs = new OlderRuns();
        older.forEach(tables -> runs.add(tables, slice.of(span)));
        return runs;
    }

    OutputCuts cuts(final KeySlice slice) {
        return outputLevel == 0
                ? OutputCuts.none()
                : new OutputCuts(tableBytes, grandparentLimit(), grandparents, slice.of(span));
    }

    /** The change: inputs go, outputs come. */
    VersionEdit edit(final List<TableMeta> outputs) {
        final VersionEdit edit = new VersionEdit();
        upper.forEach(table -> edit.remove(level, table.meta().number()));
        lower.forEach(table -> edit.remove(outputLevel, table.meta().number()));
        outputs.forEach(table -> edit.add(outputLevel, table));
        if (level > 0 && level != outputLevel) {
            edit.compactionPointer(level, Tables.span(upper).largest());
        }
        return edit;
    }

    @Override
    public String toString() {
        return (move ? "move of " : "compaction of ") + upper.size() + " tables of level " + level + " and "
                + lower.size() + " of the next, " + inputBytes() + " bytes, into level " + outputLevel;
    }
}
