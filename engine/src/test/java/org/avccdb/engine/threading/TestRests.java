package org.avccdb.engine.threading;

/** What a background thread asks before it goes on. */
public final class TestRests {
    private TestRests() {}

    /** How long one may rest that has worked so long. */
    public static long after(final Background background, final long workedNanos) {
        return background.restAfter(workedNanos);
    }
}
