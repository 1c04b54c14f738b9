package org.avccdb.engine.keys;

/** The kinds of records. The numbers are part of the file formats and of the hash rules. */
public final class RecordType {
    /** A value. */
    public static final int PUT = 1;
    /** Hides all records of its key that were written before it. */
    public static final int KEY_DELETE = 2;
    /** Hides one version of its key. */
    public static final int VERSION_DELETE = 3;
    /** Reserved for the deletion of a range; never written so far, so corruption where it is read. */
    public static final int RANGE_DELETE = 4;
    /** Not a record: a number of the caller's that travels with a write (see {@link EntryDescriptor}). */
    public static final int POSITION = 16;

    private RecordType() {}

    /** Whether a record of this type may be in a memtable or a table. */
    public static boolean isRecord(final int type) {
        return type >= PUT && type <= VERSION_DELETE;
    }
}
