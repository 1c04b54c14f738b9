package org.avccdb.bench.run;

import org.avccdb.bench.engines.Store;

/** Stands between workloads and the stores they are run on. */
public interface Tap {
    /** Lets everything pass. */
    Tap NONE = new Tap() {
        @Override
        public Store opened(final Store store) {
            return store;
        }

        @Override
        public void begins(final String name) {}
    };

    /** A new, empty store was opened; returns what is used in its place. It is closed as the store would be. */
    Store opened(Store store);

    /** What is done from now on has that name. */
    void begins(String name);
}
