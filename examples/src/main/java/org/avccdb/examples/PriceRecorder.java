package org.avccdb.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.avccdb.AvccDb;
import org.avccdb.VersionedValue;
import org.avccdb.WriteOptions;

/**
 * An Agrona agent that writes what it takes from a ring buffer. It hands each write over without waiting and without making
 * garbage; only when it ends it waits until the last one, and so every one, is on disk.
 */
public final class PriceRecorder implements Agent {
    private static final int PRICES = 10_000;
    private static final int PRICE_MESSAGE = 1;
    private static final int KEY_BYTES = Integer.BYTES;
    private static final int TIME = KEY_BYTES;
    private static final int PRICE = TIME + Long.BYTES;
    private static final int MESSAGE_BYTES = PRICE + Long.BYTES;

    private final OneToOneRingBuffer prices;
    private final AvccDb db;
    /** Made once: a method reference in {@link #doWork} would be made anew each time. */
    private final MessageHandler handler = this::record;

    private long lastTicket;

    PriceRecorder(OneToOneRingBuffer prices, AvccDb db) {
        this.prices = prices;
        this.db = db;
    }

    @Override
    public int doWork() {
        return prices.read(handler, 256);
    }

    /** The instrument is the key, the time is the version. The buffer may be reused as soon as submitPut returns. */
    private void record(int type, MutableDirectBuffer message, int at, int length) {
        long time = message.getLong(at + TIME);
        lastTicket =
                db.submitPut(message, at, KEY_BYTES, message, at + PRICE, length - PRICE, time, WriteOptions.DEFAULT);
    }

    @Override
    public void onClose() {
        if (lastTicket != 0) {
            db.awaitDurable(lastTicket);
        }
    }

    @Override
    public String roleName() {
        return "price-recorder";
    }

    public static void main(String[] args) {
        UnsafeBuffer memory =
                new UnsafeBuffer(ByteBuffer.allocateDirect((1 << 16) + RingBufferDescriptor.TRAILER_LENGTH));
        OneToOneRingBuffer prices = new OneToOneRingBuffer(memory);
        try (AvccDb db = AvccDb.open(Path.of(args[0]))) {
            PriceRecorder recorder = new PriceRecorder(prices, db);
            try (AgentRunner runner =
                    new AgentRunner(new BackoffIdleStrategy(), Throwable::printStackTrace, null, recorder)) {
                AgentRunner.startOnThread(runner);
                feed(prices);
            }
            System.out.println("syncs: " + (db.stats().journal().syncs() > 0 ? "some" : "none"));
            VersionedValue last = db.getAsOf(new byte[] {0, 0, 0, 7}, Long.MAX_VALUE);
            System.out.println(
                    "last price of 7: " + ByteBuffer.wrap(last.value()).getLong() + " at " + last.version());
            System.out.println("prices of 7: "
                    + db.getVersionHistory(new byte[] {0, 0, 0, 7}, 1, 0).size());
        }
    }

    /** What comes from elsewhere in a real program. Returns when the agent has taken everything. */
    private static void feed(OneToOneRingBuffer prices) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        for (int i = 1; i <= PRICES; i++) {
            message.putInt(0, i % 10, ByteOrder.BIG_ENDIAN);
            message.putLong(TIME, i);
            message.putLong(PRICE, 100L + i % 50, ByteOrder.BIG_ENDIAN);
            while (!prices.write(PRICE_MESSAGE, message, 0, MESSAGE_BYTES)) {
                Thread.onSpinWait();
            }
        }
        while (prices.size() > 0) {
            LockSupport.parkNanos(1_000);
        }
    }
}
