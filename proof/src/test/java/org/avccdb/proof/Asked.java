package org.avccdb.proof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A question: how to prove it, how to verify it, and what the answer is. Answers are compared as text.
 *
 * <p>{@code min} and {@code max} are the bounds as the caller of the verifier gives them.
 */
@SuppressWarnings("ArrayRecordComponent") // questions are not compared
record Asked(QuestionKind kind, byte[] key, long min, long max, byte[] to, int limit) {
    static Asked latest(byte[] key) {
        return new Asked(QuestionKind.LATEST, key, 0, 0, null, 0);
    }

    static Asked version(byte[] key, long version) {
        return new Asked(QuestionKind.VERSION, key, version, version, null, 0);
    }

    static Asked asOf(byte[] key, long version) {
        return new Asked(QuestionKind.AS_OF, key, 0, version, null, 0);
    }

    static Asked history(byte[] key, long min, long max) {
        return new Asked(QuestionKind.HISTORY, key, min, max, null, 0);
    }

    static Asked range(byte[] from, byte[] to, int limit) {
        return new Asked(QuestionKind.RANGE, from, 0, 0, to, limit);
    }

    static Asked random(RandomDatabase in) {
        Random random = in.random;
        byte[] key = in.randomKey();
        boolean extreme = random.nextInt(8) == 0;
        return switch (QuestionKind.ofCode(1 + random.nextInt(5))) {
            case LATEST -> latest(key);
            case VERSION -> version(key, extreme ? Long.MAX_VALUE : 1 + random.nextInt(in.maxVersion + 1));
            case AS_OF -> asOf(key, extreme ? Long.MAX_VALUE : random.nextInt(in.maxVersion + 2));
            case HISTORY -> history(key, random.nextInt(in.maxVersion + 2), random.nextInt(in.maxVersion + 2));
            case RANGE -> range(key, random.nextInt(3) == 0 ? null : in.randomKey(), 1 + random.nextInt(6));
        };
    }

    private long highest() {
        boolean unbounded = kind == QuestionKind.LATEST || (kind == QuestionKind.HISTORY && max == 0);
        return unbounded ? Long.MAX_VALUE : max;
    }

    Proof prove(ReferenceProver prover, int moreRuns) {
        return kind == QuestionKind.RANGE
                ? prover.proveRange(key, to, limit)
                : prover.proveKey(kind, key, min, highest(), moreRuns);
    }

    byte[] encoded(ReferenceProver prover) {
        return ProofCodec.encode(prove(prover, 0));
    }

    String verify(MasterRoot root, byte[] proof) {
        return switch (kind) {
            case LATEST -> text(ProofVerifier.verifyLatest(root, key, proof));
            case VERSION -> text(ProofVerifier.verifyVersion(root, key, min, proof));
            case AS_OF -> text(ProofVerifier.verifyAsOf(root, key, max, proof));
            case HISTORY -> text(ProofVerifier.verifyHistory(root, key, min, max, proof));
            case RANGE -> text(ProofVerifier.verifyRange(root, key, to, limit, proof));
        };
    }

    String answer(Oracle oracle) {
        return switch (kind) {
            case LATEST, VERSION, AS_OF -> {
                Rec record = oracle.last(key, min, highest());
                yield record == null ? "absent" : text(record.version, record.sequence, record.value);
            }
            case HISTORY -> {
                List<String> entries = new ArrayList<>();
                oracle.history(key, min, highest()).forEach(r -> entries.add(text(r.version, r.sequence, r.value)));
                yield entries.toString();
            }
            case RANGE -> {
                List<Rec> range = oracle.range(key, to);
                List<String> rows = new ArrayList<>();
                for (Rec r : range.subList(0, Math.min(limit, range.size()))) {
                    rows.add(hex(r.key) + ":" + text(r.version, r.sequence, r.value));
                }
                yield rows + " up to " + (range.size() <= limit ? "end" : hex(range.get(limit - 1).key));
            }
        };
    }

    /** Besides the whole answer, a range with exactly as many entries as asked for may say only how far it goes. */
    boolean isTrue(String got, Oracle oracle) {
        String whole = answer(oracle);
        if (got.equals(whole)) {
            return true;
        }
        List<Rec> range = kind == QuestionKind.RANGE ? oracle.range(key, to) : List.of();
        return !range.isEmpty()
                && range.size() == limit
                && got.equals(whole.replace(" up to end", " up to " + hex(range.get(limit - 1).key)));
    }

    /** The verifier's answer, or null if the proof was rejected; any other outcome fails the test. */
    String verifyOrReject(MasterRoot root, byte[] proof) {
        try {
            return verify(root, proof);
        } catch (ProofRejectedException e) {
            return null;
        }
    }

    private static String text(Verified verified) {
        return verified.isPresent() ? text(verified.version(), verified.sequence(), verified.value()) : "absent";
    }

    private static String text(VerifiedHistory history) {
        List<String> entries = new ArrayList<>();
        history.entries().forEach(e -> entries.add(text(e.version(), e.sequence(), e.value())));
        return entries.toString();
    }

    private static String text(VerifiedRange range) {
        List<String> rows = new ArrayList<>();
        range.entries().forEach(e -> rows.add(hex(e.key()) + ":" + text(e.version(), e.sequence(), e.value())));
        return rows + " up to " + (range.completeUpTo() == null ? "end" : hex(range.completeUpTo()));
    }

    private static String text(long version, long sequence, byte[] value) {
        return "@" + version + "#" + sequence + "=" + hex(value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return kind + " " + hex(key) + " " + min + " " + max + " " + (to == null ? "-" : hex(to)) + " " + limit;
    }
}
