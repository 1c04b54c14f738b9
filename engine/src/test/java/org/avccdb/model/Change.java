package org.avccdb.model;

/** What a single record of a write does. */
public sealed interface Change {
    Key key();

    /** Writes a version; 0 is the plain slot. */
    record Put(Key key, long version, Value value) implements Change {}

    /** Hides all that was written for the key before. */
    record Delete(Key key) implements Change {}

    /** Hides one version; 0 is the plain slot. */
    record DeleteVersion(Key key, long version) implements Change {}
}
