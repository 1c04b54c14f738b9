package org.avccdb.proof;

/** What is asked of a database. */
public enum QuestionKind {
    /** The live record of a key with the highest version. */
    LATEST(1),
    /** The live record of a key with one version. */
    VERSION(2),
    /** The live record of a key with the highest version up to one. */
    AS_OF(3),
    /** The live records of a key with versions between two. */
    HISTORY(4),
    /** The live keys between two, each with its latest record. */
    RANGE(5);

    private static final QuestionKind[] KINDS = values();

    private final int code;

    QuestionKind(final int code) {
        this.code = code;
    }

    /**
     * The byte that stands for it in a proof.
     *
     * @return 1 to 5
     */
    public int code() {
        return code;
    }

    /** The kind that a byte stands for, or null. */
    static QuestionKind ofCode(final int code) {
        return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
    }
}
