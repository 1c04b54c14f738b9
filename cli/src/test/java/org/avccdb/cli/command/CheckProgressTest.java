package org.avccdb.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.avccdb.VerifyProgress;
import org.avccdb.cli.io.Console;
import org.junit.jupiter.api.Test;

class CheckProgressTest {
    private final CheckProgress progress = new CheckProgress();

    @Test
    void saysWhichShareIsRead() {
        assertEquals("0 % read, 0 of 0 files, 0 of 0 bytes", progress.toString());
        progress.accept(new VerifyProgress(2, 5, 999_999_999_999L, 4_000_000_000_000L, 0));
        assertEquals("24 % read, 2 of 5 files, 999999999999 of 4000000000000 bytes", progress.toString());
        progress.accept(new VerifyProgress(5, 5, 70, 70, 3));
        assertEquals("100 % read, 5 of 5 files, 70 of 70 bytes, 3 problems so far", progress.toString());
    }

    /** The text is asked for each time anew. */
    @Test
    void isToldWhileTheWorkGoesOn() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        ByteArrayOutputStream notes = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                String text = toString(UTF_8);
                if (text.contains("10 % read")) {
                    first.countDown();
                }
                if (text.contains("100 % read")) {
                    second.countDown();
                }
            }
        };
        Console console = new Console(new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream(), notes);
        progress.accept(new VerifyProgress(1, 2, 10, 100, 0));
        boolean told = Ticker.during(console, progress, 1, () -> {
            boolean both = await(first);
            progress.accept(new VerifyProgress(2, 2, 100, 100, 0));
            return await(second) && both;
        });
        assertTrue(told, () -> notes.toString(UTF_8));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
