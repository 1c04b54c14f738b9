package org.avccdb.bench.trace;

/** What is recorded. The codes are in files. */
enum Kind {
    /** From here on it is another workload, whose name follows; the number tells whether the database is a new one. */
    PHASE(1, null, false, false),
    /** The number is the version. */
    PUT(2, "put", true, true),
    /** The number is how many records there are. */
    BATCH(3, "put", true, true),
    /** The latest plain value. */
    GET(4, "get", true, false),
    /** The number is the version. */
    GET_AS_OF(5, "get", true, false),
    /** The number is how many records there are at most. */
    SCAN(6, "scan", true, false),
    /** A walk over everything. */
    SCAN_ALL(7, "scan", false, false);

    private static final Kind[] ALL = values();

    private final int code;
    private final String title;
    private final boolean key;
    private final boolean value;

    Kind(final int code, final String title, final boolean key, final boolean value) {
        this.code = code;
        this.title = title;
        this.key = key;
        this.value = value;
    }

    /** Null where there is none. */
    static Kind of(final int code) {
        return code < 1 || code > ALL.length ? null : ALL[code - 1];
    }

    int code() {
        return code;
    }

    /** What it is called in results, as the workloads call it. */
    String title() {
        return title;
    }

    boolean hasKey() {
        return key;
    }

    boolean hasValue() {
        return value;
    }

    /** Whether a record may have that number. */
    boolean allows(final long number) {
        return switch (this) {
            case PHASE -> number == 0 || number == 1;
            case PUT, GET_AS_OF -> number >= 0;
            case BATCH, SCAN -> number >= 1 && number <= Integer.MAX_VALUE;
            case GET, SCAN_ALL -> number == 0;
        };
    }
}
