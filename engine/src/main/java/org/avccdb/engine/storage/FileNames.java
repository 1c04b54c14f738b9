package org.avccdb.engine.storage;

/** Names of the files of a database, which derive from type and number alone. */
public final class FileNames {
    /** Names the present manifest. */
    public static final String CURRENT = "CURRENT";
    /** What becomes {@link #CURRENT} by a rename. */
    public static final String CURRENT_NEXT = "CURRENT.next";
    /** Locked while the database is open. */
    public static final String LOCK = "LOCK";
    /** What happened, for people. */
    public static final String LOG = "LOG";
    /** The log of the time before. */
    public static final String LOG_OLD = "LOG.old";

    private static final String MANIFEST_PREFIX = "MANIFEST-";
    private static final String JOURNAL_SUFFIX = ".journal";
    private static final String TABLE_SUFFIX = ".sst";
    private static final String SPARE_SUFFIX = ".spare";

    private static final int LEAST_DIGITS = 6;

    private FileNames() {}

    public static String manifest(final long number) {
        return MANIFEST_PREFIX + digits(number);
    }

    public static String journal(final long number) {
        return digits(number) + JOURNAL_SUFFIX;
    }

    public static String table(final long number) {
        return digits(number) + TABLE_SUFFIX;
    }

    /** A journal segment that waits for its next use. */
    public static String spare(final long number) {
        return digits(number) + SPARE_SUFFIX;
    }

    /** The type of a file, by its name. */
    public static FileType type(final String name) {
        return switch (name) {
            case CURRENT -> FileType.CURRENT;
            case CURRENT_NEXT -> FileType.CURRENT_NEXT;
            case LOCK -> FileType.LOCK;
            case LOG, LOG_OLD -> FileType.LOG;
            default -> numberedType(name);
        };
    }

    private static FileType numberedType(final String name) {
        if (number(name) < 0) {
            return FileType.OTHER;
        }
        if (name.startsWith(MANIFEST_PREFIX)) {
            return FileType.MANIFEST;
        }
        if (name.endsWith(JOURNAL_SUFFIX)) {
            return FileType.JOURNAL;
        }
        return name.endsWith(TABLE_SUFFIX) ? FileType.TABLE : FileType.SPARE;
    }

    /** The number in a name, or -1 where the name is not one that this class makes. */
    public static long number(final String name) {
        if (name.startsWith(MANIFEST_PREFIX)) {
            return parse(name, MANIFEST_PREFIX.length(), name.length());
        }
        final int dot = name.indexOf('.');
        return endsAt(name, dot, JOURNAL_SUFFIX) || endsAt(name, dot, TABLE_SUFFIX) || endsAt(name, dot, SPARE_SUFFIX)
                ? parse(name, 0, dot)
                : -1;
    }

    private static boolean endsAt(final String name, final int dot, final String suffix) {
        return dot == name.length() - suffix.length() && name.endsWith(suffix);
    }

    private static long parse(final String name, final int from, final int to) {
        final int digits = to - from;
        // Only short numbers are filled up with zeros.
        if (digits < LEAST_DIGITS || digits > 18 || (digits > LEAST_DIGITS && name.charAt(from) == '0')) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            final char digit = name.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static String digits(final long number) {
        final String digits = Long.toString(number);
        return "0".repeat(Math.max(0, LEAST_DIGITS - digits.length())) + digits;
    }
}
