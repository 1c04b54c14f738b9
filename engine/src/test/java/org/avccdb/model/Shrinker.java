package org.avccdb.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a failing test smaller, as long as it fails in the same way. */
final class Shrinker {
    private final Path root;
    private final long deadline;
    private int runs;

    private Trial trial;
    private Trial.Failure failure;

    Shrinker(Path root, long seconds, Trial trial, Trial.Failure failure) {
        this.root = root;
        this.deadline = System.nanoTime() + seconds * 1_000_000_000L;
        this.trial = trial;
        this.failure = failure;
    }

    /** The smallest test that was found. */
    Trial shrink() {
        accept(new Trial(
                trial.settings(), trial.ops().subList(0, Math.min(trial.ops().size(), failure.at() + 1))));
        boolean smaller = true;
        while (smaller && !isLate()) {
            smaller = dropSteps();
            smaller |= simplifySettings();
            smaller |= simplifySteps();
        }
        return trial;
    }

    Trial.Failure failure() {
        return failure;
    }

    private boolean isLate() {
        return System.nanoTime() > deadline;
    }

    private boolean accept(Trial candidate) {
        if (isLate()) {
            return false;
        }
        // What depends on threads may need several runs to show.
        for (int attempt = candidate.settings().hasThreads() ? 3 : 1; attempt > 0; attempt--) {
            Trial.Failure now = candidate.run(root.resolve("shrink" + runs++));
            if (now != null && now.isLike(failure)) {
                trial = candidate;
                failure = now;
                return true;
            }
        }
        return false;
    }

    private boolean dropSteps() {
        boolean any = false;
        for (int length = trial.ops().size() / 2; length >= 1; length /= 2) {
            for (int from = trial.ops().size() - length; from >= 0; from -= length) {
                if (from + length <= trial.ops().size()) {
                    List<Op> ops = new ArrayList<>(trial.ops());
                    ops.subList(from, from + length).clear();
                    any |= accept(new Trial(trial.settings(), ops));
                }
            }
        }
        return any;
    }

    private boolean simplifySettings() {
        boolean any = false;
        for (String name : trial.settings().values().keySet()) {
            Settings simpler = trial.settings().without(name);
            any |= simpler != null && accept(new Trial(simpler, trial.ops()));
        }
        return any;
    }

    private boolean simplifySteps() {
        boolean any = false;
        for (int i = 0; i < trial.ops().size(); i++) {
            boolean again = true;
            while (again && !isLate()) {
                again = false;
                for (Op simpler : trial.ops().get(i).simpler()) {
                    List<Op> ops = new ArrayList<>(trial.ops());
                    ops.set(i, simpler);
                    if (accept(new Trial(trial.settings(), ops))) {
                        any = true;
                        again = true;
                        break;
                    }
                }
            }
        }
        return any;
    }
}
