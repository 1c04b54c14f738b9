package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Threads that count up in the database, each in its way; all read back what was acknowledged. */
final class CounterWriters {
    private CounterWriters() {}

    /** One that counts. */
    private abstract static class Counting implements Crowd.Step {
        final AvccDb db;
        final Counters counters;
        final int writer;
        final List<byte[]> keys;
        private long lastSequence;

        Counting(AvccDb db, Counters counters, int writer) {
            this.db = db;
            this.counters = counters;
            this.writer = writer;
            this.keys = counters.keys(writer);
        }

        WriteBatch batch(long count) {
            WriteBatch batch = new WriteBatch();
            keys.forEach(key -> batch.put(key, Counters.value(count)));
            return batch;
        }

        /** A thread's sequence numbers go up, and it reads what it wrote. */
        void acknowledged(long count, long sequence) {
            assertTrue(sequence > lastSequence, () -> sequence + " after " + lastSequence);
            lastSequence = sequence;
            isVisible(count);
        }

        void isVisible(long count) {
            counters.acknowledged(writer, count);
            for (byte[] key : keys) {
                assertEquals(count, Counters.count(db.get(key)));
            }
        }
    }

    /** Waits for each write. */
    static final class Blocking extends Counting {
        Blocking(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            long count = counters.begin(writer);
            acknowledged(
                    count,
                    db.put(keys.get(0), Counters.value(count), writer == 1 ? WriteOptions.SYNC : WriteOptions.DEFAULT));
        }
    }

    /** Hands several over before it waits. */
    static final class Pipelined extends Counting {
        private long lastTicket;

        Pipelined(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            long count = 0;
            for (int i = 0; i < 20; i++) {
                count = counters.begin(writer);
                ticket(db.submitPut(keys.get(0), Counters.value(count), 0, WriteOptions.DEFAULT));
                counters.accepted(writer, count);
            }
            if (count % 400 == 0) {
                db.awaitDurable(lastTicket);
            } else {
                db.await(lastTicket);
            }
            isVisible(count);
        }

        private void ticket(long ticket) {
            assertTrue(ticket > lastTicket);
            lastTicket = ticket;
        }
    }

    /** Waits for batches. */
    static final class Batches extends Counting {
        Batches(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            long count = counters.begin(writer);
            WriteBatch batch = batch(count);
            acknowledged(count, db.write(batch, count % 50 == 0 ? WriteOptions.SYNC.noMerge() : WriteOptions.DEFAULT));
        }
    }

    /** Hands batches over. */
    static final class PipelinedBatches extends Counting {
        PipelinedBatches(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            long ticket = 0;
            long count = 0;
            for (int i = 0; i < 5; i++) {
                count = counters.begin(writer);
                ticket = db.submit(batch(count), WriteOptions.DEFAULT);
                counters.accepted(writer, count);
            }
            db.await(ticket);
            isVisible(count);
        }
    }

    /** Commits some transactions and discards others, and now and then writes a batch beyond the write buffer. */
    static final class Transactions extends Counting {
        private int round;

        Transactions(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            round++;
            long count = counters.begin(writer);
            if (round % 10 == 0) {
                WriteBatch batch = batch(count);
                batch.put(keys.get(0), new byte[40_000]);
                batch.put(keys.get(0), Counters.value(count));
                acknowledged(count, db.write(batch));
                return;
            }
            try (Transaction transaction = db.openTransaction()) {
                for (byte[] key : keys) {
                    transaction.put(key, Counters.value(count));
                }
                for (byte[] key : keys) {
                    assertEquals(count, Counters.count(transaction.get(key)));
                }
                if (round % 3 == 0) {
                    transaction.discard();
                } else {
                    acknowledged(count, transaction.commit());
                }
            }
        }
    }

    /** Writes a version for each count. */
    static final class Versions extends Counting {
        Versions(AvccDb db, Counters counters, int writer) {
            super(db, counters, writer);
        }

        @Override
        public void run() {
            byte[] key = keys.get(0);
            long count = counters.begin(writer);
            acknowledged(count, db.putWithVersion(key, Counters.value(count), count));
            long older = 1 + count / 2;
            assertEquals(older, Counters.count(db.getWithVersion(key, older)));
            assertEquals(older, db.getAsOf(key, older).version());
        }
    }
}
