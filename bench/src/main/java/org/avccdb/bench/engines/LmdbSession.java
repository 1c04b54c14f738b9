package org.avccdb.bench.engines;

import java.nio.ByteBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/** A write transaction for each write, and a read transaction that is renewed for each read. */
final class LmdbSession extends BufferedSession {
    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> dbi;
    private Txn<ByteBuffer> batch;
    private Txn<ByteBuffer> reading;

    LmdbSession(final Env<ByteBuffer> env, final Dbi<ByteBuffer> dbi, final StoreSettings settings) {
        super(settings);
        this.env = env;
        this.dbi = dbi;
    }

    @Override
    public void put(final long version) {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            dbi.put(transaction, buffers.keyOf(version), buffers.valueBytes.clear());
            transaction.commit();
        }
    }

    @Override
    public void addToBatch() {
        if (batch == null) {
            batch = env.txnWrite();
        }
        dbi.put(batch, buffers.keyBytes.clear(), buffers.valueBytes.clear());
    }

    @Override
    public void writeBatch() {
        batch.commit();
        batch.close();
        batch = null;
    }

    private Txn<ByteBuffer> beginRead() {
        if (reading == null) {
            reading = env.txnRead();
        } else {
            reading.renew();
        }
        return reading;
    }

    @Override
    public int get() {
        final Txn<ByteBuffer> transaction = beginRead();
        try {
            return answer(dbi.get(transaction, buffers.keyBytes.clear()));
        } finally {
            transaction.reset();
        }
    }

    private int answer(final ByteBuffer found) {
        if (found == null) {
            return -1;
        }
        final int length = found.remaining();
        buffers.answer.putBytes(0, found, found.position(), length);
        return length;
    }

    @Override
    public int getAsOf(final long version) {
        final Txn<ByteBuffer> transaction = beginRead();
        try (Cursor<ByteBuffer> cursor = dbi.openCursor(transaction)) {
            if (!cursor.get(buffers.keyOf(version), GetOp.MDB_SET_RANGE)) {
                return -1;
            }
            final ByteBuffer key = cursor.key();
            final int length = key.remaining();
            buffers.walkedKey.putBytes(0, key, key.position(), length);
            return buffers.walkedIsVersionOfKey(length) ? answer(cursor.val()) : -1;
        } finally {
            transaction.reset();
        }
    }

    @Override
    public int scan(final int limit) {
        int records = 0;
        final Txn<ByteBuffer> transaction = beginRead();
        try (Cursor<ByteBuffer> cursor = dbi.openCursor(transaction)) {
            boolean here = cursor.get(buffers.keyBytes.clear(), GetOp.MDB_SET_RANGE);
            while (here && records < limit) {
                touch(cursor);
                records++;
                here = cursor.next();
            }
        } finally {
            transaction.reset();
        }
        return records;
    }

    @Override
    public long scanAll() {
        long records = 0;
        final Txn<ByteBuffer> transaction = beginRead();
        try (Cursor<ByteBuffer> cursor = dbi.openCursor(transaction)) {
            for (boolean here = cursor.first(); here; here = cursor.next()) {
                touch(cursor);
                records++;
            }
        } finally {
            transaction.reset();
        }
        return records;
    }

    private void touch(final Cursor<ByteBuffer> cursor) {
        final ByteBuffer value = cursor.val();
        use(cursor.key().remaining() + value.remaining() + (value.hasRemaining() ? value.get(value.position()) : 0));
    }

    @Override
    public void close() {
        if (batch != null) {
            batch.close();
        }
        if (reading != null) {
            reading.close();
        }
        super.close();
    }
}
