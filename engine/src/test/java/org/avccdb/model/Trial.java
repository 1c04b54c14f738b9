package org.avccdb.model;

import java.nio.file.Path;
import java.util.List;
import org.avccdb.memdb.MemoryLedger;

/** A test that can be carried out again: options, and steps from an empty database on. */
record Trial(Settings settings, List<Op> ops) {
    /**
     * Carries it out.
     *
     * @param root an empty directory
     * @return what went wrong, or null
     */
    Failure run(Path root) {
        long memory = MemoryLedger.process().totalBytes();
        int at = -1;
        Stage stage = null;
        try {
            stage = new Stage(root, settings);
            for (at = 0; at < ops.size(); at++) {
                ops.get(at).run(stage);
            }
            stage.close();
            long left = MemoryLedger.process().totalBytes() - memory;
            Comparison.same("native memory that is left behind", 0L, left);
            return null;
        } catch (RuntimeException | Error failure) {
            abandon(stage, failure);
            return new Failure(at, failure);
        } finally {
            Stage.delete(root);
        }
    }

    private static void abandon(Stage stage, Throwable failure) {
        if (stage != null) {
            try {
                stage.close();
            } catch (RuntimeException | Error second) {
                failure.addSuppressed(second);
            }
        }
    }

    /** Which step failed (the number of steps: the end), and how. */
    record Failure(int at, Throwable cause) {
        /** Whether another failure is likely to have the same reason. */
        boolean isLike(Failure other) {
            return cause.getClass() == other.cause.getClass() && kind().equals(other.kind());
        }

        private String kind() {
            String message = String.valueOf(cause.getMessage());
            return message.substring(0, Math.min(message.length(), 6));
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("options ").append(settings);
        for (int i = 0; i < ops.size(); i++) {
            text.append("\n    ").append(i).append(": ").append(ops.get(i));
        }
        return text.toString();
    }
}
