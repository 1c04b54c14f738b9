package org.avccdb.model;

import java.util.List;
import org.avccdb.model.ReadOps.Source;

/** Steps that ask for proofs, verify them, and compare. */
final class ProofOps {
    private ProofOps() {}

    /** Every kind of proof about one key. */
    record ProveKey(Source source, Key key, long one, long other) implements Op {
        @Override
        public void run(Stage stage) {
            stage.prove(source, (snapshot, state) -> ProofComparison.key(snapshot, state, key, one, other));
        }
    }

    /** A range, with several limits. */
    record ProveRange(Source source, Range range) implements Op {
        @Override
        public void run(Stage stage) {
            stage.prove(source, (snapshot, state) -> ProofComparison.range(snapshot, state, range));
        }

        @Override
        public List<Op> simpler() {
            return range.equals(Range.ALL) ? List.of() : List.of(new ProveRange(source, Range.ALL));
        }
    }

    /** The root alone, which then stays. */
    record Root(Source source) implements Op {
        @Override
        public void run(Stage stage) {
            stage.prove(source, (snapshot, state) -> snapshot.masterRoot());
        }
    }

    /** All that there is. */
    record ProveEverything(Source source, int mostKeys) implements Op {
        @Override
        public void run(Stage stage) {
            stage.prove(source, (snapshot, state) -> ProofComparison.everything(snapshot, state, mostKeys));
        }
    }
}
