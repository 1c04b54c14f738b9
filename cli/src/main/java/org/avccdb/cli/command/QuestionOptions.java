package org.avccdb.cli.command;

import org.avccdb.KeyRange;
import org.avccdb.cli.io.InputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a proof is to answer: a value, a history, or a range. */
final class QuestionOptions {
    private static final int USUAL_LIMIT = 1000;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Whose value: the latest, unless another is asked for. Without --key, a range is meant.")
    private String key;

    @ArgGroup
    private VersionChoice version = new VersionChoice();

    @Option(names = "--history", description = "All versions of the key.")
    private boolean history;

    @Option(names = "--min", paramLabel = "N", description = "Of the history, versions from this one on.")
    private Long min;

    @Option(names = "--max", paramLabel = "N", description = "Of the history, versions up to this one; 0 is no bound.")
    private Long max;

    @Mixin
    private RangeOptions range;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Of the range, no more than so many entries; " + USUAL_LIMIT + " where nothing is said.")
    private Integer limit;

    enum Kind {
        VALUE,
        HISTORY,
        RANGE
    }

    /** Refuses what belongs to different questions: an answer to one of them might be taken for that to another. */
    void check() {
        if (key == null) {
            refuse(history || min != null || max != null || version.isGiven(), "a version or a history is of --key");
        } else {
            refuse(!range.isAll() || limit != null, "--prefix, --from, --to and --limit are of a range, not of --key");
        }
        refuse(!history && (min != null || max != null), "--min and --max are of --history");
        refuse(history && version.isGiven(), "--history takes --min and --max, not a single version");
        refuse(limit != null && limit < 1, "--limit is 1 or more, not " + limit);
    }

    private static void refuse(final boolean wrong, final String why) {
        if (wrong) {
            throw new InputException(why);
        }
    }

    Kind kind() {
        if (key == null) {
            return Kind.RANGE;
        }
        return history ? Kind.HISTORY : Kind.VALUE;
    }

    byte[] key(final FormatOptions formats) {
        return formats.keys().parse(key);
    }

    VersionChoice version() {
        return version;
    }

    long minVersion() {
        return min == null ? 0 : min;
    }

    long maxVersion() {
        return max == null ? 0 : max;
    }

    KeyRange range(final FormatOptions formats) {
        return range.range(formats.keys());
    }

    int limit() {
        return limit == null ? USUAL_LIMIT : limit;
    }
}
