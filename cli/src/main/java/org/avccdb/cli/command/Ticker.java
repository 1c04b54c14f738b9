package org.avccdb.cli.command;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.avccdb.cli.io.Console;

/** Tells people now and then that something takes its time; what is over soon is not mentioned. */
final class Ticker {
    private static final long SECONDS = 3;

    private final Console console;
    private final String text;
    private long elapsed;

    private Ticker(final Console console, final String text) {
        this.console = console;
        this.text = text;
    }

    /** Does something, and says this meanwhile. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the clock
    static <T> T during(final Console console, final String text, final Supplier<T> work) {
        final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "avccdb-ticker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            clock.scheduleAtFixedRate(new Ticker(console, text)::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
            return work.get();
        } finally {
            clock.shutdownNow();
        }
    }

    private void tick() {
        elapsed += SECONDS;
        console.note(text + ", " + elapsed + " s");
    }
}
