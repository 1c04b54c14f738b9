package org.avccdb.model;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Transaction;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;

/** Steps that write. */
final class WriteOps {
    private static final int MARGIN = 5;

    private WriteOps() {}

    /** How a write is asked for. */
    record Manner(boolean buffers, boolean sync, boolean alone) {
        static final Manner PLAIN = new Manner(false, false, false);

        WriteOptions options() {
            WriteOptions options = sync ? WriteOptions.SYNC : WriteOptions.DEFAULT;
            return alone ? options.noMerge() : options;
        }

        @Override
        public String toString() {
            return (buffers ? "buffers" : "arrays") + (sync ? " sync" : "") + (alone ? " alone" : "");
        }
    }

    /** A single blocking write. */
    record Write(Change change, Manner manner) implements Op {
        @Override
        public void run(Stage stage) {
            stage.write(List.of(change), null, db -> write(db, change, manner));
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            if (!manner.equals(Manner.PLAIN)) {
                simpler.add(new Write(change, Manner.PLAIN));
            }
            simplerOf(change).forEach(change -> simpler.add(new Write(change, manner)));
            return simpler;
        }
    }

    private static long write(AvccDb db, Change change, Manner manner) {
        byte[] key = change.key().bytes();
        WriteOptions options = manner.options();
        if (change instanceof Change.Put put) {
            byte[] value = put.value().bytes();
            if (manner.buffers()) {
                return db.put(
                        inside(key), MARGIN, key.length, inside(value), MARGIN, value.length, put.version(), options);
            }
            return put.version() == 0 && !manner.alone()
                    ? db.put(key, value, options)
                    : db.putWithVersion(key, value, put.version(), options);
        }
        if (change instanceof Change.Delete) {
            return manner.buffers() ? db.delete(inside(key), MARGIN, key.length, options) : db.delete(key, options);
        }
        return db.deleteVersion(key, ((Change.DeleteVersion) change).version(), options);
    }

    private static UnsafeBuffer inside(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 2 * MARGIN]);
        buffer.putBytes(MARGIN, bytes);
        return buffer;
    }

    /** Several changes together; the position is null where the batch carries none. */
    record Batch(List<Change> changes, Long position, Manner manner) implements Op {
        @Override
        public void run(Stage stage) {
            stage.write(
                    changes, position, db -> db.write(batch(changes, position, manner.buffers()), manner.options()));
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            fewer(changes).forEach(fewer -> simpler.add(new Batch(fewer, position, manner)));
            if (position != null) {
                simpler.add(new Batch(changes, null, manner));
            } else if (changes.size() == 1) {
                simpler.add(new Write(changes.get(0), manner));
            }
            return simpler;
        }

        @Override
        public String toString() {
            return "Batch[" + manner + (position == null ? "" : ", position " + position) + shown(changes) + "]";
        }
    }

    private static WriteBatch batch(List<Change> changes, Long position, boolean inParts) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < changes.size(); i++) {
            if (i == changes.size() / 2 && position != null) {
                batch.appliedPosition(position);
            }
            add(batch, changes.get(i));
            if (inParts && i == 0) {
                WriteBatch whole = new WriteBatch();
                whole.append(batch);
                batch = whole;
            }
        }
        if (changes.isEmpty() && position != null) {
            batch.appliedPosition(position);
        }
        return batch;
    }

    private static void add(WriteBatch batch, Change change) {
        byte[] key = change.key().bytes();
        if (change instanceof Change.Put put) {
            batch.putWithVersion(key, put.value().bytes(), put.version());
        } else if (change instanceof Change.Delete) {
            batch.delete(key);
        } else {
            batch.deleteVersion(key, ((Change.DeleteVersion) change).version());
        }
    }

    /** A write that is handed over, alone or as a batch. */
    record Submit(List<Change> changes, Long position, Manner manner) implements Op {
        @Override
        public void run(Stage stage) {
            stage.submit(changes, position, this::submit);
        }

        private long submit(AvccDb db) {
            if (changes.size() == 1 && position == null && changes.get(0) instanceof Change.Put put) {
                byte[] key = put.key().bytes();
                byte[] value = put.value().bytes();
                if (!manner.buffers()) {
                    return db.submitPut(key, value, put.version(), manner.options());
                }
                UnsafeBuffer keyBuffer = inside(key);
                UnsafeBuffer valueBuffer = inside(value);
                long ticket = db.submitPut(
                        keyBuffer,
                        MARGIN,
                        key.length,
                        valueBuffer,
                        MARGIN,
                        value.length,
                        put.version(),
                        manner.options());
                keyBuffer.setMemory(0, keyBuffer.capacity(), (byte) 0xEE);
                valueBuffer.setMemory(0, valueBuffer.capacity(), (byte) 0xEE);
                return ticket;
            }
            WriteBatch batch = batch(changes, position, manner.buffers());
            long ticket = db.submit(batch, manner.options());
            batch.clear();
            batch.put(new byte[] {(byte) 0xEE}, new byte[100]);
            return ticket;
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            fewer(changes).forEach(fewer -> simpler.add(new Submit(fewer, position, manner)));
            simpler.add(new Batch(changes, position, manner));
            return simpler;
        }

        @Override
        public String toString() {
            return "Submit[" + manner + (position == null ? "" : ", position " + position) + shown(changes) + "]";
        }
    }

    /** Waits for what was handed over. */
    record Await(boolean durable) implements Op {
        @Override
        public void run(Stage stage) {
            stage.await(durable);
        }
    }

    /** Opens a transaction. */
    record Begin() implements Op {
        @Override
        public void run(Stage stage) {
            stage.begin();
        }
    }

    /** Writes in the transaction, one by one or as a batch. */
    record InTransaction(List<Change> changes, Long position, boolean together, boolean buffers) implements Op {
        @Override
        public void run(Stage stage) {
            if (together) {
                stage.writeInTransaction(
                        changes, position, transaction -> transaction.write(batch(changes, position, buffers)));
            } else {
                changes.forEach(change -> stage.writeInTransaction(
                        List.of(change), null, transaction -> write(transaction, change, buffers)));
            }
        }

        @Override
        public List<Op> simpler() {
            List<Op> simpler = new ArrayList<>();
            fewer(changes).forEach(fewer -> simpler.add(new InTransaction(fewer, position, together, buffers)));
            return simpler;
        }

        @Override
        public String toString() {
            return "InTransaction[" + (together ? "batch" : "singly")
                    + (position == null ? "" : ", position " + position) + shown(changes) + "]";
        }
    }

    private static void write(Transaction transaction, Change change, boolean buffers) {
        byte[] key = change.key().bytes();
        if (change instanceof Change.Put put) {
            byte[] value = put.value().bytes();
            if (buffers) {
                transaction.put(inside(key), MARGIN, key.length, inside(value), MARGIN, value.length, put.version());
            } else if (put.version() == 0) {
                transaction.put(key, value);
            } else {
                transaction.putWithVersion(key, value, put.version());
            }
        } else if (change instanceof Change.Delete) {
            if (buffers) {
                transaction.delete(inside(key), MARGIN, key.length);
            } else {
                transaction.delete(key);
            }
        } else {
            transaction.deleteVersion(key, ((Change.DeleteVersion) change).version());
        }
    }

    /** Ends the transaction. */
    record End(boolean commit) implements Op {
        @Override
        public void run(Stage stage) {
            stage.end(commit);
        }
    }

    private static List<List<Change>> fewer(List<Change> changes) {
        List<List<Change>> fewer = new ArrayList<>();
        int size = changes.size();
        if (size > 1) {
            fewer.add(changes.subList(0, size / 2));
            fewer.add(changes.subList(size / 2, size));
        }
        if (size <= 40) {
            for (int i = 0; i < size; i++) {
                List<Change> without = new ArrayList<>(changes);
                without.remove(i);
                fewer.add(without);
                for (Change simple : simplerOf(changes.get(i))) {
                    List<Change> with = new ArrayList<>(changes);
                    with.set(i, simple);
                    fewer.add(with);
                }
            }
        }
        return fewer;
    }

    private static List<Change> simplerOf(Change change) {
        List<Change> simpler = new ArrayList<>();
        if (change instanceof Change.Put put) {
            int length = put.value().length();
            if (length > 1) {
                simpler.add(new Change.Put(
                        put.key(), put.version(), new Value(1, put.value().seed())));
                simpler.add(new Change.Put(
                        put.key(),
                        put.version(),
                        new Value(length / 2, put.value().seed())));
            }
        }
        return simpler;
    }

    private static String shown(List<Change> changes) {
        StringBuilder text = new StringBuilder(", ").append(changes.size()).append(" changes");
        if (changes.size() <= 40) {
            changes.forEach(change -> text.append("\n        ").append(change));
        }
        return text.toString();
    }
}
