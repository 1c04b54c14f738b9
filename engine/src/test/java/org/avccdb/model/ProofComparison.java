package org.avccdb.model;

import static org.avccdb.model.Comparison.same;

import java.util.Arrays;
import java.util.List;
import org.avccdb.KeyRange;
import org.avccdb.ProvenHistory;
import org.avccdb.ProvenValue;
import org.avccdb.Snapshot;
import org.avccdb.VersionedValue;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofRejectedException;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.avccdb.proof.VerifiedHistory;
import org.avccdb.proof.VerifiedRange;

/** Asks a snapshot for every kind of proof, verifies it, and compares what is proven with the model. */
public final class ProofComparison {
    private static final int[] LIMITS = {1, 2, 7, Integer.MAX_VALUE};

    private ProofComparison() {}

    /** Every question about one key, with two versions to ask for. */
    public static void key(Snapshot snapshot, ModelState state, Key key, long one, long other) {
        MasterRoot root = snapshot.masterRoot();
        byte[] bytes = key.bytes();
        byte[] latest = snapshot.proveLatest(bytes);
        one("proveLatest " + key, state.latest(key), ProofVerifier.verifyLatest(root, bytes, latest));
        refused("proof of another root", () -> ProofVerifier.verifyLatest(otherThan(root), bytes, latest));
        for (long version : new long[] {0, one, other, Long.MAX_VALUE}) {
            String at = key + " @" + version;
            one(
                    "proveVersion " + at,
                    state.exact(key, version),
                    ProofVerifier.verifyVersion(root, bytes, version, snapshot.proveVersion(bytes, version)));
            one(
                    "proveAsOf " + at,
                    state.asOf(key, version),
                    ProofVerifier.verifyAsOf(root, bytes, version, snapshot.proveAsOf(bytes, version)));
            value(snapshot, state, key, version);
            history(snapshot, state, key, version, 0);
            history(snapshot, state, key, 0, version);
        }
        history(snapshot, state, key, one, other);
        history(snapshot, state, key, other, one);
    }

    private static void value(Snapshot snapshot, ModelState state, Key key, long version) {
        String what = "getWithProof " + key + " @" + version;
        VersionedValue expected = state.exact(key, version);
        ProvenValue proven = snapshot.getWithProof(key.bytes(), version);
        same(what + ": root", snapshot.masterRoot(), proven.root());
        same(what, expected == null ? null : expected.value(), proven.value());
        if (expected != null) {
            same(what + ": version", expected.version(), proven.version());
        }
        one(what, expected, ProofVerifier.verifyVersion(proven.root(), key.bytes(), version, proven.proof()));
    }

    private static void history(Snapshot snapshot, ModelState state, Key key, long min, long max) {
        String what = "proveHistory " + key + " from " + min + " to " + max;
        List<VersionedValue> expected = state.history(key, min, max);
        ProvenHistory proven = snapshot.getVersionHistoryWithProof(key.bytes(), min, max);
        same(what + ": entries", expected, proven.entries());
        VerifiedHistory verified = ProofVerifier.verifyHistory(proven.root(), key.bytes(), min, max, proven.proof());
        List<VersionedValue> found = verified.entries().stream()
                .map(entry -> new VersionedValue(entry.value(), entry.version(), entry.sequence()))
                .toList();
        same(what, expected, found);
        same(
                what + ": the same proof",
                true,
                Arrays.equals(proven.proof(), snapshot.proveHistory(key.bytes(), min, max)));
    }

    /** A range, with limits that cut it and such that do not. */
    public static void range(Snapshot snapshot, ModelState state, Range range) {
        MasterRoot root = snapshot.masterRoot();
        KeyRange asked = range.toKeyRange();
        List<Entry> all = state.latestIn(range);
        for (int limit : LIMITS) {
            String what = "proveRange " + range + " up to " + limit;
            byte[] proof = snapshot.proveRange(asked, limit);
            VerifiedRange verified =
                    ProofVerifier.verifyRange(root, asked.fromInclusive(), asked.toExclusive(), limit, proof);
            List<Entry> expected = all.subList(0, Math.min(limit, all.size()));
            List<Entry> found = verified.entries().stream()
                    .map(entry -> new Entry(
                            Key.of(entry.key()), new VersionedValue(entry.value(), entry.version(), entry.sequence())))
                    .toList();
            same(what, expected, found);
            byte[] end = all.size() > limit ? expected.get(limit - 1).key().bytes() : null;
            same(what + ": complete up to", end, verified.completeUpTo());
        }
    }

    /** All that there is, each live key of it alone too, and the keys beside some of them. */
    public static void everything(Snapshot snapshot, ModelState state, int mostKeys) {
        range(snapshot, state, Range.ALL);
        List<Key> keys = state.liveKeys();
        int step = Math.max(1, keys.size() / mostKeys);
        for (int i = 0; i < keys.size(); i += step) {
            Key key = keys.get(i);
            long version = state.latest(key).version();
            key(snapshot, state, key, version, version / 2);
            if (key.length() < 65_535) {
                key(snapshot, state, Key.of(Arrays.copyOf(key.bytes(), key.length() + 1)), 1, version);
            }
        }
        if (!keys.isEmpty()) {
            Key last = keys.get(keys.size() - 1);
            key(snapshot, state, last, 1, state.latest(last).version());
        }
        key(snapshot, state, Key.of(new byte[0]), 1, 2);
        key(snapshot, state, Key.of(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1}), 1, 2);
    }

    private static void one(String what, VersionedValue expected, Verified verified) {
        same(what + ": is present", expected != null, verified.isPresent());
        if (expected != null) {
            same(what, expected, new VersionedValue(verified.value(), verified.version(), verified.sequence()));
        }
    }

    private static MasterRoot otherThan(MasterRoot root) {
        byte[] other = root.bytes();
        other[7] ^= 1;
        return MasterRoot.of(other);
    }

    private static void refused(String what, Runnable verification) {
        try {
            verification.run();
        } catch (ProofRejectedException expected) {
            return;
        }
        throw new AssertionError(what + " is taken");
    }
}
