package org.avccdb.engine.threading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.engine.compaction.TableTask;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.manifest.VersionEdit;
import org.junit.jupiter.api.Test;

/** When there is a second thread for a compaction, and when not. */
class CompactionHelperTest {
    /** Work for so many steps of helpers, and none for its owner. */
    private static final class Helpable implements TableTask {
        private int left;

        Helpable(final int steps) {
            left = steps;
        }

        @Override
        public boolean help() {
            left--;
            return left >= 0;
        }

        @Override
        public boolean step() {
            throw new AssertionError("the owner's");
        }

        @Override
        public long delayNanos() {
            return 0;
        }

        @Override
        public VersionEdit edit() {
            throw new AssertionError("the owner's");
        }

        @Override
        public void refused() {
            throw new AssertionError("the owner's");
        }

        @Override
        public TaskStatistics statistics() {
            throw new AssertionError("the owner's");
        }

        @Override
        public void close() {
            throw new AssertionError("the owner's");
        }
    }

    @Test
    void itWorksWhileThereIsWorkAndAReason() {
        final AtomicReference<TableTask> present = new AtomicReference<>();
        final AtomicBoolean reason = new AtomicBoolean(true);
        final CompactionHelper helper = new CompactionHelper(present::get, reason::get);
        assertEquals(0, helper.doWork());
        final Helpable task = new Helpable(2);
        present.set(task);
        assertEquals(1, helper.doWork());
        reason.set(false);
        assertEquals(0, helper.doWork());
        assertEquals(1, task.left);
        reason.set(true);
        assertEquals(1, helper.doWork());
        assertEquals(0, helper.doWork());
    }
}
