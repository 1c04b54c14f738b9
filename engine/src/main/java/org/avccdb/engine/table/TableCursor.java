package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.memdb.MemoryLedger;

/**
 * Moves over the records of a table; reusable. One thread at a time uses it.
 *
 * <p>It holds the block that it is on: pinned in the cache, or in a buffer of its own, until it goes to another one or is
 * detached. Values are shown in the block, keys in the cursor. A cursor that met damage is before the first record again.
 */
public final class TableCursor extends RecordCursor {
    private static final int NO_BLOCK = -1;

    private enum State {
        BEFORE,
        ON,
        BEHIND
    }

    private final boolean caching;
    private final BlockPlace place;
    private final BlockCursor block;

    private TableReader reader;
    private BlockIndex index;
    private boolean retained;
    private int current = NO_BLOCK;
    private State state = State.BEFORE;

    /** Attached to nothing; blocks that it decompresses go to the cache. */
    public TableCursor() {
        this(true);
    }

    private TableCursor(final boolean caching) {
        this(caching, new BlockPlace());
    }

    private TableCursor(final boolean caching, final BlockPlace place) {
        this(caching, place, new BlockCursor(place));
    }

    private TableCursor(final boolean caching, final BlockPlace place, final BlockCursor block) {
        super(block);
        this.caching = caching;
        this.place = place;
        this.block = block;
    }

    /** The same, but leaves the block cache as it is: for reading whole tables once. */
    public static TableCursor passingTheCache() {
        return new TableCursor(false);
    }

    /** To before the first record of a table, which the caller keeps from being closed. Detaches from the one before. */
    public void attach(final TableReader table) {
        detach();
        reader = table;
        index = table.index();
    }

    /** The same, and keeps the reader open until it is detached; the caller holds a reference to the file. */
    public void attach(final TableFile file) {
        attach(file.retainReader());
        retained = true;
    }

    /** Lets go of all that it holds; does nothing if it is not attached. */
    public void detach() {
        if (reader == null) {
            return;
        }
        place.detach();
        current = NO_BLOCK;
        state = State.BEFORE;
        final TableReader left = reader;
        reader = null;
        index = null;
        if (retained) {
            retained = false;
            left.release();
        }
    }

    @Override
    public boolean first() {
        try {
            load(0);
            return on(block.first());
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean last() {
        try {
            load(attached().blocks() - 1);
            return on(block.last());
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean next() {
        try {
            if (state == State.ON) {
                return block.next() || nextBlock();
            }
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
        return state == State.BEFORE && first();
    }

    @Override
    public boolean prev() {
        try {
            if (state == State.ON) {
                return block.prev() || previousBlock();
            }
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
        return state == State.BEHIND && last();
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        key.boundsCheck(offset, length);
        try {
            load(attached().find(key, offset, length, version, stamp));
            return block.seek(key, offset, length, version, stamp) ? on(true) : nextBlock();
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        key.boundsCheck(offset, length);
        try {
            load(attached().find(key, offset, length, version, stamp));
            if (!block.seek(key, offset, length, version, stamp)) {
                return on(block.last());
            }
            return block.isFirst() ? previousBlock() : on(block.prev());
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
    }

    /**
     * To the first record at or behind this key, version and stamp, if its user key is this one; else false, and the cursor is
     * on no record.
     */
    public boolean seekExactKey(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        key.boundsCheck(offset, length);
        try {
            final int found = attached().find(key, offset, length, version, stamp);
            load(found);
            if (block.seek(key, offset, length, version, stamp)) {
                return on(block.isExact());
            }
            final int next = found + 1;
            // Records of one user key go on in the next block only if its fence is between them.
            if (next == index.blocks() || !index.isInside(next, key, offset, length)) {
                return on(false);
            }
            load(next);
            return on(block.first() && Keys.compare(block.key(), 0, block.keyLength(), key, offset, length) == 0);
        } catch (final RuntimeException failure) {
            throw failed(failure);
        }
    }

    private BlockIndex attached() {
        if (index == null) {
            throw new IllegalStateException("the cursor is attached to no table");
        }
        return index;
    }

    private boolean on(final boolean found) {
        state = found ? State.ON : State.BEHIND;
        return found;
    }

    private boolean nextBlock() {
        if (current + 1 == index.blocks()) {
            state = State.BEHIND;
            return false;
        }
        load(current + 1);
        return on(block.first());
    }

    private boolean previousBlock() {
        if (current == 0) {
            state = State.BEFORE;
            return false;
        }
        load(current - 1);
        return on(block.last());
    }

    private void load(final int wanted) {
        if (wanted == current) {
            return;
        }
        attached();
        current = NO_BLOCK;
        place.leave();
        reader.loader().load(wanted, place, caching);
        block.open(reader.file(), index.offset(wanted));
        current = wanted;
    }

    /** Lets go of a block in which something is wrong. */
    private RuntimeException failed(final RuntimeException failure) {
        final int damaged = current;
        current = NO_BLOCK;
        state = State.BEFORE;
        place.leave();
        return failure instanceof IndexOutOfBoundsException malformed && reader != null
                ? TableReader.malformed(
                        reader.file().name(), damaged == NO_BLOCK ? -1 : index.offset(damaged), malformed)
                : failure;
    }

    /** Accounts for the memory of the table that it is attached to. */
    MemoryLedger ledger() {
        return reader.ledger();
    }

    /** The data block that it is in. */
    int block() {
        return current;
    }

    @Override
    public boolean isValid() {
        return state == State.ON;
    }
}
