package org.avccdb.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A question about one key. Each opened run shows the key from its head, where a key-delete would be, down to the lowest
 * version that matters. Older runs may be left out where they cannot matter ({@link #mayLeaveOutOlder}).
 *
 * @param kind all but a range
 * @param key asked for
 * @param minVersion the lowest version asked for; 0 for the latest and as-of
 * @param maxVersion the highest version asked for
 */
@SuppressWarnings("ArrayRecordComponent") // questions are not compared
record KeyQuestion(QuestionKind kind, byte[] key, long minVersion, long maxVersion) implements Question {
    @Override
    public List<OpenedLeaf> answer(final Proof proof) {
        if (minVersion > maxVersion) {
            return Question.nothing(proof);
        }
        final List<OpenedLeaf> records = recordsOfKey(proof);
        final List<OpenedLeaf> answer = select(LiveRecords.of(records));
        // A first-live question asks for nothing below its answer.
        final long lowest = asksForFirst() && !answer.isEmpty() ? answer.get(0).version() : minVersion;
        final Interval interval = Interval.ofKey(key, lowest);
        for (final OpenedRun run : proof.runs()) {
            WindowCheck.check(run, interval);
        }
        if (proof.runs().size() < proof.master().runs() && !mayLeaveOutOlder(proof, records, lowest, answer)) {
            throw new ProofRejectedException("a run is left out that may hold what was asked for");
        }
        return answer;
    }

    private boolean asksForFirst() {
        return kind == QuestionKind.LATEST || kind == QuestionKind.AS_OF;
    }

    /** Those shown in blocks; a header shows none that is asked for. */
    private List<OpenedLeaf> recordsOfKey(final Proof proof) {
        final List<OpenedLeaf> records = new ArrayList<>();
        proof.forEachLeaf(leaf -> {
            if (RecordOrder.compareKeys(leaf.key(), key) == 0) {
                records.add(leaf);
            }
        });
        return records;
    }

    /** The answer from live records, whose versions descend; that of a history ascends. */
    private List<OpenedLeaf> select(final List<OpenedLeaf> live) {
        final List<OpenedLeaf> answer = new ArrayList<>();
        for (final OpenedLeaf record : live) {
            if (record.version() >= minVersion && record.version() <= maxVersion) {
                answer.add(record);
                if (asksForFirst()) {
                    break;
                }
            }
        }
        Collections.reverse(answer);
        return answer;
    }

    private boolean mayLeaveOutOlder(
            final Proof proof, final List<OpenedLeaf> records, final long lowest, final List<OpenedLeaf> answer) {
        if (proof.runs().isEmpty()) {
            return false;
        }
        if (isDecided(records)) {
            return true;
        }
        final long olderMaxPutVersion =
                proof.runs().get(proof.runs().size() - 1).olderMaxPutVersion();
        if (asksForFirst() && !answer.isEmpty()) {
            // An older put of the same version is hidden by the answer.
            return olderMaxPutVersion <= lowest || proof.master().versionOrder() == HashRules.MONOTONE_ORDER;
        }
        return olderMaxPutVersion < lowest;
    }

    /** Whether a key-delete hides all older runs, or the one version asked for has a record newer than they are. */
    private boolean isDecided(final List<OpenedLeaf> records) {
        for (final OpenedLeaf record : records) {
            if (record.type() == HashRules.KEY_DELETE
                    || (kind == QuestionKind.VERSION && record.version() == minVersion)) {
                return true;
            }
        }
        return false;
    }
}
