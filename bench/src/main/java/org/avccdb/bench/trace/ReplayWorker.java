package org.avccdb.bench.trace;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** Does the operations of a phase again, one after the other. Only the records of a batch are read while time is taken. */
final class ReplayWorker implements Worker {
    private final Phase phase;
    private final TraceCursor cursor;
    private final Session session;
    private final RecordedTimes times;

    ReplayWorker(final Recording recording, final Phase phase, final Session session, final RecordedTimes times) {
        this.phase = phase;
        this.cursor = recording.cursor(phase.position());
        this.session = session;
        this.times = times;
        times.begin();
    }

    @Override
    public void prepare(final long operation) {
        TraceDescriptor.require(cursor.next() && cursor.kind() != Kind.PHASE, "it has changed meanwhile");
        times.add(cursor.gap());
        if (cursor.kind() != Kind.BATCH) {
            if (cursor.kind().hasKey()) {
                cursor.readKey(0, session.key());
            }
            if (cursor.kind().hasValue()) {
                cursor.readValue(0, session.value());
            }
        }
    }

    @Override
    public long perform() {
        switch (cursor.kind()) {
            case PUT -> session.put(cursor.number());
            case BATCH -> {
                return writeBatch();
            }
            case GET -> session.get();
            case GET_AS_OF -> session.getAsOf(cursor.number());
            case SCAN -> {
                return session.scan((int) cursor.number());
            }
            case SCAN_ALL -> {
                return session.scanAll();
            }
            case PHASE -> throw new IllegalStateException("a phase is no operation");
        }
        return 1;
    }

    private long writeBatch() {
        for (long entry = 0; entry < cursor.number(); entry++) {
            cursor.readKey(entry, session.key());
            cursor.readValue(entry, session.value());
            session.addToBatch();
        }
        session.writeBatch();
        return cursor.number();
    }

    @Override
    public int kind() {
        return phase.kinds().indexOf(cursor.kind().title());
    }

    @Override
    public void close() {
        session.close();
        cursor.close();
    }
}
