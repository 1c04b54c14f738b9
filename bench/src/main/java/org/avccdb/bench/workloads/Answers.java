package org.avccdb.bench.workloads;

import org.agrona.DirectBuffer;
import org.avccdb.bench.load.Values;

/** Counts answers that are wrong. The bytes of one in several are looked at, outside of what is measured. */
final class Answers {
    private static final int EACH = 32;

    private final Values values;
    private final int valueBytes;
    private long seen;
    private long wrong;
    private boolean toBeCompared;
    private long expectedValue;

    Answers(final Task task) {
        this.values = task.values();
        this.valueBytes = task.parameters().valueBytes();
    }

    /** A get was answered with a value of that length, and should have found this one. */
    void expectValue(final int length, final long valueNumber) {
        if (length != valueBytes) {
            wrong++;
        } else if (seen % EACH == 0) {
            toBeCompared = true;
            expectedValue = valueNumber;
        }
        seen++;
    }

    /** Something was answered rightly or not. */
    void expect(final boolean right) {
        seen++;
        wrong += right ? 0 : 1;
    }

    /** To be called before the buffer is used again. */
    void compare(final DirectBuffer answer) {
        if (toBeCompared) {
            toBeCompared = false;
            wrong += values.matches(expectedValue, answer) ? 0 : 1;
        }
    }

    String complaint() {
        return wrong == 0 ? null : wrong + " of " + seen + " answers are wrong";
    }
}
