package org.avccdb.model;

import java.util.ArrayList;
import java.util.List;

/** Steps that change no content. */
final class UpkeepOps {
    private UpkeepOps() {}

    /** Memtables to tables. */
    record Flush() implements Op {
        @Override
        public void run(Stage stage) {
            stage.upkeep(db -> db.flush());
        }
    }

    /** Merges a range down. */
    record Compact(Range range) implements Op {
        @Override
        public void run(Stage stage) {
            stage.upkeep(db -> db.compactRange(range.toKeyRange()));
        }

        @Override
        public List<Op> simpler() {
            return range.equals(Range.ALL) ? List.of() : List.of(new Compact(Range.ALL));
        }
    }

    /** Looks for damage, of which there is none. */
    record Verify() implements Op {
        @Override
        public void run(Stage stage) {
            stage.verify();
        }
    }

    /** Makes a copy, opens and compares it. */
    record Checkpoint(Settings settings) implements Op {
        @Override
        public void run(Stage stage) {
            stage.checkpoint(settings);
        }
    }

    /** No more writes. */
    record SetReadOnly() implements Op {
        @Override
        public void run(Stage stage) {
            stage.setReadOnly();
        }
    }

    /** Opening again while it is open is refused. */
    record OpenTwice() implements Op {
        @Override
        public void run(Stage stage) {
            stage.openTwice();
        }
    }

    /** How a database is left, and come back to. */
    enum Way {
        /** A close, and an opening. */
        CLOSE,
        /** The same, with a look at it read-only between them. */
        LOOK,
        /** Without a close, from what is in the files. */
        CRASH,
        /** A close, and the manifest is lost. */
        RECOVER,
        /** Without a close, and the manifest is lost. */
        CRASH_RECOVER
    }

    /** Opens the database again. */
    record Reopen(Way way, Settings settings) implements Op {
        @Override
        public void run(Stage stage) {
            stage.reopen(way, settings);
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            if (way != Way.CLOSE) {
                simpler.add(new Reopen(Way.CLOSE, settings));
            }
            for (String name : settings.values().keySet()) {
                Settings fewer = settings.without(name);
                if (fewer != null) {
                    simpler.add(new Reopen(way, fewer));
                }
            }
            return simpler;
        }
    }
}
