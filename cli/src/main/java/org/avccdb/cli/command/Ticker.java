package org.avccdb.cli.command;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.avccdb.cli.io.Console;

/** Tells people now and then that something takes its time; what is over soon is not mentioned. */
final class Ticker {
    private static final long MILLIS = 3_000;
    private static final long MILLIS_A_SECOND = 1_000;

    private final Console console;
    private final Object text;
    private final long millis;
    private long elapsed;

    private Ticker(final Console console, final Object text, final long millis) {
        this.console = console;
        this.text = text;
        this.millis = millis;
    }

    /** Does something, and says meanwhile what the text then is. */
    static <T> T during(final Console console, final Object text, final Supplier<T> work) {
        return during(console, text, MILLIS, work);
    }

    /** The same, with so long from one time to the next. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the clock
    static <T> T during(final Console console, final Object text, final long millis, final Supplier<T> work) {
        final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "avccdb-ticker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            clock.scheduleAtFixedRate(new Ticker(console, text, millis)::tick, millis, millis, TimeUnit.MILLISECONDS);
            return work.get();
        } finally {
            clock.shutdownNow();
        }
    }

    private void tick() {
        elapsed += millis;
        console.note(text + ", " + elapsed / MILLIS_A_SECOND + " s");
    }
}
