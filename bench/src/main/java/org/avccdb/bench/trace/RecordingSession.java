package org.avccdb.bench.trace;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.bench.engines.Session;

/** Records each operation before it is done. A batch is recorded whole, so that those of other threads do not mix with it. */
final class RecordingSession implements Session {
    private final Session session;
    private final Recorder recorder;
    private final int keyLength;
    private final int valueLength;
    private final UnsafeBuffer operation;
    private final ExpandableArrayBuffer batch = new ExpandableArrayBuffer();
    private int batchRecords;

    RecordingSession(final Session session, final Recorder recorder) {
        this.session = session;
        this.recorder = recorder;
        this.keyLength = TraceDescriptor.padded(recorder.keyBytes());
        this.valueLength = TraceDescriptor.padded(recorder.valueBytes());
        this.operation = new UnsafeBuffer(new byte[TraceDescriptor.RECORD_HEAD_LENGTH + keyLength + valueLength]);
    }

    @Override
    public UnsafeBuffer key() {
        return session.key();
    }

    @Override
    public UnsafeBuffer value() {
        return session.value();
    }

    @Override
    public UnsafeBuffer answer() {
        return session.answer();
    }

    private void record(final Kind kind, final long number) {
        TraceDescriptor.putHead(operation, kind, number);
        int end = TraceDescriptor.RECORD_HEAD_LENGTH;
        if (kind.hasKey()) {
            operation.putBytes(end, session.key(), 0, session.key().capacity());
            end += keyLength;
        }
        if (kind.hasValue()) {
            operation.putBytes(end, session.value(), 0, session.value().capacity());
            end += valueLength;
        }
        recorder.append(operation, end, kind == Kind.PUT ? 1 : 0);
    }

    @Override
    public void put(final long version) {
        record(Kind.PUT, version);
        session.put(version);
    }

    @Override
    public long submit(final long version) {
        record(Kind.PUT, version);
        return session.submit(version);
    }

    @Override
    public void await(final long ticket) {
        session.await(ticket);
    }

    @Override
    public void addToBatch() {
        final int at = batchLength();
        batch.putBytes(at, session.key(), 0, session.key().capacity());
        batch.putBytes(at + keyLength, session.value(), 0, session.value().capacity());
        // So that the padding behind the value is there too; it was never anything but zero.
        batch.checkLimit(at + keyLength + valueLength);
        batchRecords++;
        session.addToBatch();
    }

    private int batchLength() {
        return TraceDescriptor.RECORD_HEAD_LENGTH + batchRecords * (keyLength + valueLength);
    }

    @Override
    public void writeBatch() {
        TraceDescriptor.putHead(batch, Kind.BATCH, batchRecords);
        recorder.append(batch, batchLength(), batchRecords);
        batchRecords = 0;
        session.writeBatch();
    }

    @Override
    public int get() {
        record(Kind.GET, 0);
        return session.get();
    }

    @Override
    public int getAsOf(final long version) {
        record(Kind.GET_AS_OF, version);
        return session.getAsOf(version);
    }

    @Override
    public int scan(final int limit) {
        record(Kind.SCAN, limit);
        return session.scan(limit);
    }

    @Override
    public long scanAll() {
        record(Kind.SCAN_ALL, 0);
        return session.scanAll();
    }

    @Override
    public void close() {
        session.close();
    }
}
