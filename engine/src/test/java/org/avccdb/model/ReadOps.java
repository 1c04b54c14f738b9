package org.avccdb.model;

import java.util.ArrayList;
import java.util.List;

/** Steps that read, and compare. */
final class ReadOps {
    private ReadOps() {}

    /** Whom a question goes to. */
    record Source(Asked asked, int slot) {
        enum Asked {
            DATABASE,
            TRANSACTION,
            SNAPSHOT
        }

        static final Source DATABASE = new Source(Asked.DATABASE, 0);

        @Override
        public String toString() {
            return asked == Asked.SNAPSHOT ? "snapshot " + slot : asked == Asked.DATABASE ? "database" : "transaction";
        }
    }

    /** Every question about one key. */
    record AskKey(Source source, Key key, long one, long other) implements Op {
        @Override
        public void run(Stage stage) {
            stage.ask(source, (reader, state) -> Comparison.key(reader, state, key, one, other));
        }
    }

    /** The latest values of several keys. */
    record AskKeys(Source source, List<Key> keys) implements Op {
        @Override
        public void run(Stage stage) {
            stage.ask(source, (reader, state) -> Comparison.keys(reader, state, keys));
        }
    }

    /** All that there is. */
    record AskEverything(Source source) implements Op {
        @Override
        public void run(Stage stage) {
            stage.ask(source, Comparison::everything);
        }
    }

    /** Takes a snapshot into a slot, in place of the one that is there. */
    record Take(int slot) implements Op {
        @Override
        public void run(Stage stage) {
            stage.takeSnapshot(slot);
        }
    }

    /** Closes the snapshot of a slot. */
    record Drop(int slot) implements Op {
        @Override
        public void run(Stage stage) {
            stage.dropSnapshot(slot);
        }
    }

    /** Opens a cursor in a slot, in place of the one that is there. */
    record OpenCursor(int slot, Source source, Range range, boolean versions) implements Op {
        @Override
        public void run(Stage stage) {
            stage.openCursor(slot, source, range, versions);
        }

        @Override
        public List<Op> simpler() {
            return range.equals(Range.ALL) ? List.of() : List.of(new OpenCursor(slot, source, Range.ALL, versions));
        }
    }

    /** A move of a cursor; the key is for a seek. */
    record Move(Step step, Key key) {
        enum Step {
            FIRST,
            LAST,
            SEEK,
            NEXT,
            PREV
        }

        @Override
        public String toString() {
            return step == Step.SEEK ? "SEEK " + key : step.toString();
        }
    }

    /** Moves the cursor of a slot. */
    record Walk(int slot, List<Move> moves) implements Op {
        @Override
        public void run(Stage stage) {
            stage.walk(slot, moves);
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            if (moves.size() > 1) {
                simpler.add(new Walk(slot, moves.subList(0, moves.size() / 2)));
                simpler.add(new Walk(slot, moves.subList(moves.size() / 2, moves.size())));
                for (int i = 0; i < moves.size(); i++) {
                    List<Move> without = new ArrayList<>(moves);
                    without.remove(i);
                    simpler.add(new Walk(slot, without));
                }
            }
            return simpler;
        }
    }

    /** Closes the cursor of a slot. */
    record CloseCursor(int slot) implements Op {
        @Override
        public void run(Stage stage) {
            stage.closeCursor(slot);
        }
    }

    /** Sizes of ranges. */
    record SizeOf(List<Range> ranges) implements Op {
        @Override
        public void run(Stage stage) {
            stage.sizeOf(ranges);
        }
    }

    /** Properties and statistics. */
    record Inspect() implements Op {
        @Override
        public void run(Stage stage) {
            stage.inspect();
        }
    }
}
