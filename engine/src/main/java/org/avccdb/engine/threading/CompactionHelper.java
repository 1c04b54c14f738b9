package org.avccdb.engine.threading;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.avccdb.engine.compaction.TableTask;

/**
 * Helps with long compactions while there is a reason to: while writers wait for them, or nothing is written. At other times it
 * would only take a core from callers. Stepped by the helper thread.
 */
final class CompactionHelper implements Agent {
    private final Supplier<TableTask> present;
    private final BooleanSupplier reason;

    /**
     * A helper that does nothing yet.
     *
     * @param present what the compaction agent is at; null for nothing
     * @param reason whether to help; asked before each step
     */
    CompactionHelper(final Supplier<TableTask> present, final BooleanSupplier reason) {
        this.present = present;
        this.reason = reason;
    }

    @Override
    public int doWork() {
        final TableTask task = present.get();
        return task != null && reason.getAsBoolean() && task.help() ? 1 : 0;
    }

    @Override
    public String roleName() {
        return "compaction-helper";
    }
}
