package org.avccdb.model;

import org.avccdb.KeyRange;

/** A range of keys, and what it holds by the words of the API alone. Bounds that a kind does not have are null. */
public record Range(Kind kind, Key from, Key to) {
    /** How the range is asked for. */
    public enum Kind {
        ALL,
        OF,
        PREFIX,
        AT_LEAST,
        LESS_THAN
    }

    public static final Range ALL = new Range(Kind.ALL, null, null);

    public KeyRange toKeyRange() {
        return switch (kind) {
            case ALL -> KeyRange.all();
            case OF -> KeyRange.of(bytesOf(from), bytesOf(to));
            case PREFIX -> KeyRange.prefix(from.bytes());
            case AT_LEAST -> KeyRange.atLeast(bytesOf(from));
            case LESS_THAN -> KeyRange.lessThan(bytesOf(to));
        };
    }

    public boolean contains(Key key) {
        return kind == Kind.PREFIX
                ? key.startsWith(from)
                : (from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) < 0);
    }

    private static byte[] bytesOf(Key key) {
        return key == null ? null : key.bytes();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ALL -> "all";
            case OF -> "of " + from + " to " + to;
            case PREFIX -> "prefix " + from;
            case AT_LEAST -> "at least " + from;
            case LESS_THAN -> "less than " + to;
        };
    }
}
