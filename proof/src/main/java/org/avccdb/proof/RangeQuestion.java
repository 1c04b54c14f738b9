package org.avccdb.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A question about the keys between two bounds. Every run shows all its records between them, or up to the last key that
 * is covered.
 *
 * @param from the lowest key asked for
 * @param to the key behind the last one asked for; null if there is no bound
 * @param limit how many entries there may be
 */
@SuppressWarnings("ArrayRecordComponent") // questions are not compared
record RangeQuestion(byte[] from, byte[] to, int limit) implements Question {
    @Override
    public QuestionKind kind() {
        return QuestionKind.RANGE;
    }

    @Override
    public List<OpenedLeaf> answer(final Proof proof) {
        if (to != null && RecordOrder.compareKeys(from, to) >= 0) {
            return Question.nothing(proof);
        }
        if (proof.runs().size() < proof.master().runs()) {
            throw new ProofRejectedException("a run is left out that may hold keys of the range");
        }
        final byte[] endKey = proof.endKey();
        if (endKey != null && to != null && RecordOrder.compareKeys(endKey, to) >= 0) {
            throw new ProofRejectedException("the last key covered is behind the range");
        }
        final Interval interval = endKey == null ? Interval.ofKeysBelow(from, to) : Interval.ofKeysUpTo(from, endKey);
        for (final OpenedRun run : proof.runs()) {
            WindowCheck.check(run, interval);
        }
        final List<OpenedLeaf> entries = latest(LiveRecords.of(recordsWithin(proof, interval)));
        if (endKey == null) {
            if (entries.size() > limit) {
                throw new ProofRejectedException("there are more entries than asked for: " + entries.size());
            }
        } else if (entries.size() != limit
                || RecordOrder.compareKeys(entries.get(limit - 1).key(), endKey) != 0) {
            throw new ProofRejectedException("the range is cut elsewhere than behind the last entry asked for");
        }
        return entries;
    }

    private static List<OpenedLeaf> recordsWithin(final Proof proof, final Interval interval) {
        final List<OpenedLeaf> records = new ArrayList<>();
        proof.forEachLeaf(leaf -> {
            if (interval.side(leaf.key(), leaf.version()) == 0) {
                records.add(leaf);
            }
        });
        return records;
    }

    /** Of each key the first, which is the one with the highest version. */
    private static List<OpenedLeaf> latest(final List<OpenedLeaf> live) {
        final List<OpenedLeaf> entries = new ArrayList<>();
        for (final OpenedLeaf record : live) {
            final boolean isNewKey = entries.isEmpty()
                    || RecordOrder.compareKeys(entries.get(entries.size() - 1).key(), record.key()) != 0;
            if (isNewKey) {
                entries.add(record);
            }
        }
        return entries;
    }
}
