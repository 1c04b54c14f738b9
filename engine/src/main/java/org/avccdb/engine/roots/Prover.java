package org.avccdb.engine.roots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.engine.table.TableTree;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.OpenedRun;
import org.avccdb.proof.Proof;
import org.avccdb.proof.ProofCodec;
import org.avccdb.proof.QuestionKind;

/**
 * Builds proofs of one state. The answers come from whoever read them there; what is proven is what the runs hold.
 *
 * <p>One thread uses it, and keeps the tables of the state from being closed meanwhile.
 */
final class Prover {
    private final ProvenState state;
    private final LeafHasher hasher;
    private final TableTree shown;

    Prover(final ProvenState state, final LeafHasher hasher, final TableTree shown) {
        this.state = state;
        this.hasher = hasher;
        this.shown = shown;
    }

    /** A question for the highest live version that is at most this one. */
    byte[] highest(final QuestionKind kind, final byte[] key, final VersionedValue answer) {
        final long low = answer == null ? 0 : answer.version();
        return ofKey(
                kind,
                key,
                low,
                answer == null ? List.of() : List.of(answer),
                (run, seen) -> seen.keyDelete
                        || (answer != null
                                && seen.holds(answer)
                                && (isMonotone() || state.olderMaxPutVersion(run) <= answer.version())));
    }

    /** A question for exactly one version. */
    byte[] exact(final byte[] key, final long version, final VersionedValue answer) {
        return ofKey(
                QuestionKind.VERSION,
                key,
                version,
                answer == null ? List.of() : List.of(answer),
                (run, seen) -> seen.keyDelete
                        || seen.holdsVersion(version)
                        || (version > 0 && state.olderMaxPutVersion(run) < version));
    }

    /** A question for all live versions in an interval, from 0 to the highest where nothing bounds it. */
    byte[] history(final byte[] key, final long minVersion, final long maxVersion, final List<VersionedValue> answers) {
        if (minVersion > maxVersion) {
            return nothing(QuestionKind.HISTORY);
        }
        return ofKey(
                QuestionKind.HISTORY,
                key,
                minVersion,
                answers,
                (run, seen) -> seen.keyDelete || (minVersion > 0 && state.olderMaxPutVersion(run) < minVersion));
    }

    /**
     * A question for the first keys of a range.
     *
     * @param answers what is live, as far as the proof is to show it
     * @param endKey the last key that is covered; null for the whole range
     */
    byte[] range(final byte[] from, final byte[] to, final Answers answers, final byte[] endKey) {
        final byte[] first = from == null ? new byte[0] : from;
        if (to != null && Arrays.compareUnsigned(first, to) >= 0) {
            return nothing(QuestionKind.RANGE);
        }
        final Window window = Window.ofRange(first, endKey == null ? to : Arrays.copyOf(endKey, endKey.length + 1));
        final List<OpenedRun> opened = new ArrayList<>();
        for (int i = 0; i < state.runs(); i++) {
            opened.add(open(i, window, answers, new Seen()));
        }
        return encode(QuestionKind.RANGE, opened, endKey);
    }

    /** What was seen of the key so far. */
    private static final class Seen {
        private final List<OpenedLeaf> records = new ArrayList<>();
        private boolean keyDelete;

        void add(final OpenedLeaf record) {
            records.add(record);
            keyDelete |= record.type() == RecordType.KEY_DELETE;
        }

        boolean holds(final VersionedValue answer) {
            return records.stream().anyMatch(record -> record.sequence() == answer.sequence());
        }

        boolean holdsVersion(final long version) {
            return records.stream()
                    .anyMatch(record -> record.type() != RecordType.KEY_DELETE && record.version() == version);
        }
    }

    /** Whether no older run need be opened. */
    @FunctionalInterface
    private interface End {
        boolean isAt(int run, Seen seen);
    }

    private byte[] ofKey(
            final QuestionKind kind,
            final byte[] key,
            final long lowestVersion,
            final List<VersionedValue> answers,
            final End end) {
        final Window window = Window.ofKey(key, lowestVersion);
        final Answers values = Answers.of(answers);
        final Seen seen = new Seen();
        final List<OpenedRun> opened = new ArrayList<>();
        for (int i = 0; i < state.runs(); i++) {
            opened.add(open(i, window, values, seen));
            if (end.isAt(i, seen)) {
                break;
            }
        }
        return encode(kind, opened, null);
    }

    private OpenedRun open(final int run, final Window window, final Answers values, final Seen seen) {
        return new RunOpener(hasher, shown, state.run(run), window, values, seen::add)
                .open(state.olderMaxPutVersion(run));
    }

    /** Proves that nothing was asked for. */
    private byte[] nothing(final QuestionKind kind) {
        return encode(kind, List.of(), null);
    }

    private byte[] encode(final QuestionKind kind, final List<OpenedRun> opened, final byte[] endKey) {
        return ProofCodec.encode(
                new Proof(kind, state.header(), opened, state.siblings(opened.size(), hasher), endKey));
    }

    private boolean isMonotone() {
        return state.header().versionOrder() == HashRules.MONOTONE_ORDER;
    }
}
