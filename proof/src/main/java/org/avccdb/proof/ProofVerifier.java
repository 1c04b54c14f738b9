package org.avccdb.proof;

import java.util.List;
import java.util.Objects;

/**
 * Checks proofs against a root. The root and the question come from the caller; the answer comes from records in the proof
 * that lead to the root, and from nothing else. Whatever the bytes are, the outcome is the true answer or a
 * {@link ProofRejectedException}, in memory in proportion to its length. Any number of threads may use it.
 */
public final class ProofVerifier {
    private ProofVerifier() {}

    /**
     * The latest value of a key.
     *
     * @param root that the caller trusts
     * @param key asked for
     * @param proof made for this question
     * @return the live record with the highest version, or that there is none
     * @throws ProofRejectedException if the proof does not show the answer
     */
    public static Verified verifyLatest(final MasterRoot root, final byte[] key, final byte[] proof) {
        return one(root, new KeyQuestion(QuestionKind.LATEST, checkKey(key), 0, Long.MAX_VALUE), proof);
    }

    /**
     * The value of a key with exactly one version.
     *
     * @param root that the caller trusts
     * @param key asked for
     * @param version asked for; 0 asks for the latest
     * @param proof made for this question
     * @return the live record, or that there is none
     * @throws ProofRejectedException if the proof does not show the answer
     */
    public static Verified verifyVersion(
            final MasterRoot root, final byte[] key, final long version, final byte[] proof) {
        checkVersion(version);
        if (version == 0) {
            return verifyLatest(root, key, proof);
        }
        return one(root, new KeyQuestion(QuestionKind.VERSION, checkKey(key), version, version), proof);
    }

    /**
     * The value of a key as of a version.
     *
     * @param root that the caller trusts
     * @param key asked for
     * @param version the highest one asked for
     * @param proof made for this question
     * @return the live record with the highest version up to that, or that there is none
     * @throws ProofRejectedException if the proof does not show the answer
     */
    public static Verified verifyAsOf(final MasterRoot root, final byte[] key, final long version, final byte[] proof) {
        checkVersion(version);
        return one(root, new KeyQuestion(QuestionKind.AS_OF, checkKey(key), 0, version), proof);
    }

    /**
     * All values of a key with versions between two.
     *
     * @param root that the caller trusts
     * @param key asked for
     * @param minVersion the lowest one asked for
     * @param maxVersion the highest one asked for; 0 is no bound
     * @param proof made for this question
     * @return all live records between the bounds
     * @throws ProofRejectedException if the proof does not show the answer
     */
    public static VerifiedHistory verifyHistory(
            final MasterRoot root, final byte[] key, final long minVersion, final long maxVersion, final byte[] proof) {
        checkVersion(minVersion);
        checkVersion(maxVersion);
        final long highest = maxVersion == 0 ? Long.MAX_VALUE : maxVersion;
        final Question question = new KeyQuestion(QuestionKind.HISTORY, checkKey(key), minVersion, highest);
        return VerifiedHistory.of(answer(root, question, ProofCodec.decode(proof)));
    }

    /**
     * The keys between two bounds, with their latest values.
     *
     * @param root that the caller trusts
     * @param fromInclusive the lowest key asked for; null is no bound
     * @param toExclusive the key behind the last one asked for; null is no bound
     * @param limit how many entries the proof was asked for, at least 1
     * @param proof made for this question
     * @return the first live keys in the range, up to the limit
     * @throws ProofRejectedException if the proof does not show the answer
     */
    public static VerifiedRange verifyRange(
            final MasterRoot root,
            final byte[] fromInclusive,
            final byte[] toExclusive,
            final int limit,
            final byte[] proof) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + "; it must be at least 1");
        }
        final byte[] from = fromInclusive == null ? new byte[0] : fromInclusive;
        final Proof decoded = ProofCodec.decode(proof);
        final List<OpenedLeaf> entries = answer(root, new RangeQuestion(from, toExclusive, limit), decoded);
        return VerifiedRange.of(entries, decoded.endKey());
    }

    private static Verified one(final MasterRoot root, final Question question, final byte[] proof) {
        final List<OpenedLeaf> answer = answer(root, question, ProofCodec.decode(proof));
        return answer.isEmpty() ? Verified.absent() : Verified.of(answer.get(0));
    }

    /** Hashing costs most and so comes last. Nothing that comes before it is an answer. */
    private static List<OpenedLeaf> answer(final MasterRoot root, final Question question, final Proof proof) {
        Objects.requireNonNull(root, "root");
        if (proof.kind() != question.kind()) {
            throw new ProofRejectedException("a proof for another kind of question: " + proof.kind());
        }
        StructureCheck.check(proof);
        final List<OpenedLeaf> answer = question.answer(proof);
        checkLongValues(proof, answer);
        if (!root.isHash(new ProofHasher(proof.master()).root(proof))) {
            throw new ProofRejectedException("the proof does not lead to the root");
        }
        return answer;
    }

    /** Values longer than a hash are there where they are the answer, and nowhere else. */
    private static void checkLongValues(final Proof proof, final List<OpenedLeaf> answer) {
        int expected = 0;
        for (final OpenedLeaf record : answer) {
            if (record.valueLength() > HashRules.MAX_INLINE_VALUE) {
                expected++;
                if (!record.carriesLongValue()) {
                    throw new ProofRejectedException("the value of an answer is missing");
                }
            }
        }
        final int[] carried = {0};
        proof.forEachLeaf(leaf -> carried[0] += leaf.carriesLongValue() ? 1 : 0);
        if (carried[0] != expected) {
            throw new ProofRejectedException("a value is shown that is no answer");
        }
    }

    private static byte[] checkKey(final byte[] key) {
        if (key.length > ProofDescriptor.MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a key of " + key.length + " bytes; the longest has " + ProofDescriptor.MAX_KEY_LENGTH);
        }
        return key;
    }

    private static void checkVersion(final long version) {
        if (version < 0) {
            throw new IllegalArgumentException("a negative version: " + version);
        }
    }
}
