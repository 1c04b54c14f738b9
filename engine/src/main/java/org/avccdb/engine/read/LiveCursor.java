package org.avccdb.engine.read;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Cursor;

/**
 * The cursor that callers have: {@link LiveRecords}, guarded by a {@link CursorLease}.
 *
 * <ol>
 *   <li>All that looks at records happens between enter and exit of the lease.
 *   <li>A view that a caller has keeps this cursor reachable, and it is reachable for the length of each call: what it holds
 *       is never freed by the net below somebody who still looks at it.
 * </ol>
 */
final class LiveCursor implements Cursor {
    private final LiveRecords records;
    private final CursorLease lease;
    private final Cursors cursors;
    private final Cleaner.Cleanable net;
    private final ShownBuffer shownKey = new ShownBuffer(this);
    private final ShownBuffer shownValue = new ShownBuffer(this);
    private final UnsafeBuffer sought = new UnsafeBuffer(0, 0);

    LiveCursor(final LiveRecords records, final CursorLease lease, final Cursors cursors) {
        this.records = records;
        this.lease = lease;
        this.cursors = cursors;
        this.net = Nets.CLEANER.register(this, new Net(lease, cursors));
    }

    /** Must not know the cursor. */
    private record Net(CursorLease lease, Cursors cursors) implements Runnable {
        @Override
        public void run() {
            if (!lease.isFreed()) {
                lease.end();
                cursors.defer(lease, () -> {});
            }
        }
    }

    @Override
    public boolean first() {
        final boolean shared = lease.enter();
        try {
            hideViews();
            return records.first();
        } finally {
            exit(shared);
        }
    }

    @Override
    public boolean last() {
        final boolean shared = lease.enter();
        try {
            hideViews();
            return records.last();
        } finally {
            exit(shared);
        }
    }

    @Override
    public boolean seek(final byte[] key) {
        Objects.requireNonNull(key, "key");
        final boolean shared = lease.enter();
        try {
            hideViews();
            sought.wrap(key);
            return records.seek(sought);
        } finally {
            exit(shared);
        }
    }

    @Override
    public boolean next() {
        final boolean shared = lease.enter();
        try {
            hideViews();
            return records.next();
        } finally {
            exit(shared);
        }
    }

    @Override
    public boolean prev() {
        final boolean shared = lease.enter();
        try {
            hideViews();
            return records.prev();
        } finally {
            exit(shared);
        }
    }

    @Override
    public boolean isValid() {
        final boolean shared = lease.enter();
        try {
            return records.isValid();
        } finally {
            exit(shared);
        }
    }

    @Override
    public DirectBuffer key() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            shownKey.show(records.keyBuffer(), 0, records.keyLength());
            return shownKey;
        } finally {
            exit(shared);
        }
    }

    @Override
    public DirectBuffer value() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            shownValue.show(records.valueBuffer(), records.valueOffset(), records.valueLength());
            return shownValue;
        } finally {
            exit(shared);
        }
    }

    @Override
    public byte[] keyBytes() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            final byte[] copy = new byte[records.keyLength()];
            records.keyBuffer().getBytes(0, copy);
            return copy;
        } finally {
            exit(shared);
        }
    }

    @Override
    public byte[] valueBytes() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            final byte[] copy = new byte[records.valueLength()];
            records.valueBuffer().getBytes(records.valueOffset(), copy);
            return copy;
        } finally {
            exit(shared);
        }
    }

    @Override
    public long version() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            return records.version();
        } finally {
            exit(shared);
        }
    }

    @Override
    public long sequence() {
        final boolean shared = lease.enter();
        try {
            requireRecord();
            return records.sequence();
        } finally {
            exit(shared);
        }
    }

    @Override
    public void close() {
        if (!lease.close(this::hideViews)) {
            return;
        }
        if (lease.isFreed()) {
            cursors.wasFreed(lease);
            net.clean();
        } else {
            cursors.defer(lease, this::hideViews);
        }
    }

    private void exit(final boolean shared) {
        try {
            lease.exit(shared);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void requireRecord() {
        if (!records.isValid()) {
            throw new IllegalStateException("the cursor is not on a record");
        }
    }

    private void hideViews() {
        shownKey.showNothing();
        shownValue.showNothing();
    }
}
