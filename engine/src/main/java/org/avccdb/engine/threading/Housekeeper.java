package org.avccdb.engine.threading;

import java.util.List;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;
import org.avccdb.AvccDbException;
import org.avccdb.engine.writer.Supplies;

/**
 * Does what is small and must not wait: gets the next memtable and journal segment ready, frees what no reader needs any more,
 * writes the lines of the log. Stepped by one thread at a time.
 */
public final class Housekeeper implements Agent {
    private final Supplies supplies;
    private final IntSupplier[] chores;
    private final TaskEvents events;
    private final Retry retry;

    Housekeeper(final Supplies supplies, final List<IntSupplier> chores, final TaskEvents events, final Retry retry) {
        this.supplies = supplies;
        this.chores = chores.toArray(new IntSupplier[0]);
        this.events = events;
        this.retry = retry;
    }

    @Override
    public int doWork() {
        int done = prepare();
        for (final IntSupplier chore : chores) {
            done += chore.getAsInt();
        }
        return done;
    }

    private int prepare() {
        if (supplies == null || !retry.mayTry()) {
            return 0;
        }
        try {
            final int done = supplies.prepare();
            retry.succeeded();
            return done;
        } catch (final AvccDbException failure) {
            retry.failed(failure);
            events.failed("preparation of the next journal segment", failure);
            return 0;
        }
    }

    @Override
    public String roleName() {
        return "housekeeping";
    }
}
