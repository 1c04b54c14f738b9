package org.avccdb.model;

import java.util.List;

/**
 * A step of a test: it knows all that it needs, so that a list of steps can be carried out again, and with steps left out.
 * What makes no sense where it stands, such as a look at a snapshot that is not open, does nothing.
 */
interface Op {
    void run(Stage stage);

    /** What might do in its stead when a failure is made smaller; each is simpler than this. */
    default List<Op> simpler() {
        return List.of();
    }
}
