package org.avccdb.examples;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.WriteOptions;

/**
 * A handler of a Disruptor that stores each event and acknowledges none before it is on disk. It waits once for each batch that
 * the Disruptor gives it, not once for each event: the more there is to do, the less a sync costs each.
 */
public final class OrderJournal implements EventHandler<OrderJournal.Order> {
    private static final int ORDERS = 1_000;

    private final AvccDb db;
    private final AtomicLong acknowledged = new AtomicLong();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Long.BYTES]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);

    OrderJournal(AvccDb db) {
        this.db = db;
    }

    /** One place in the ring, used again and again. */
    static final class Order {
        private long id;
        private long amount;

        void set(long newId, long newAmount) {
            id = newId;
            amount = newAmount;
        }
    }

    @Override
    public void onEvent(Order order, long sequence, boolean endOfBatch) {
        key.putLong(0, order.id, ByteOrder.BIG_ENDIAN);
        value.putLong(0, order.amount);
        long ticket = db.submitPut(key, 0, Long.BYTES, value, 0, Long.BYTES, 0, WriteOptions.DEFAULT);
        if (endOfBatch) {
            // A thread's writes take effect in its order, so this ticket stands for those before it.
            db.awaitDurable(ticket);
            acknowledged.set(order.id);
        }
    }

    public static void main(String[] args) {
        try (AvccDb db = AvccDb.open(Path.of(args[0]))) {
            OrderJournal journal = new OrderJournal(db);
            Disruptor<Order> disruptor = new Disruptor<>(
                    Order::new, 256, DaemonThreadFactory.INSTANCE, ProducerType.SINGLE, new BlockingWaitStrategy());
            disruptor.handleEventsWith(journal);
            disruptor.start();
            for (long id = 1; id <= ORDERS; id++) {
                disruptor.publishEvent((order, sequence, number) -> order.set(number, number * 10), id);
            }
            disruptor.shutdown();

            System.out.println("acknowledged up to order " + journal.acknowledged);
            try (Cursor cursor = db.cursor(KeyRange.all())) {
                cursor.last();
                System.out.println("last order stored: " + cursor.key().getLong(0, ByteOrder.BIG_ENDIAN) + " of "
                        + cursor.value().getLong(0));
            }
        }
    }
}
