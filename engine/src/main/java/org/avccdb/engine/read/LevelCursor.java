package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;

/**
 * Moves over the records of a level: over those of its tables, one behind the other. A table is opened when the cursor comes
 * to it. One thread uses it; whoever made it holds the version.
 */
final class LevelCursor extends RecordCursor {
    private static final int NONE = -1;

    private final Version version;
    private final int level;
    private final TableFile[] tables;
    private final TableCursor records;

    /** The table that the cursor is in, or {@link #NONE}. */
    private int attached = NONE;
    /** On which side of all records it is, where it is on none. */
    private boolean behind;

    LevelCursor(final Version version, final int level) {
        this(version, level, new TableCursor());
    }

    private LevelCursor(final Version version, final int level, final TableCursor records) {
        super(records);
        this.records = records;
        this.version = version;
        this.level = level;
        this.tables = version.level(level);
    }

    void detach() {
        attached = NONE;
        records.detach();
    }

    private void attach(final int table) {
        if (attached != table) {
            // Should it fail, the cursor is nowhere.
            attached = NONE;
            records.attach(tables[table]);
            attached = table;
        }
    }

    @Override
    public boolean first() {
        return firstFrom(0);
    }

    @Override
    public boolean last() {
        return lastFrom(tables.length - 1);
    }

    private boolean firstFrom(final int first) {
        for (int table = first; table < tables.length; table++) {
            attach(table);
            if (records.first()) {
                return true;
            }
        }
        behind = true;
        return false;
    }

    private boolean lastFrom(final int last) {
        for (int table = last; table >= 0; table--) {
            attach(table);
            if (records.last()) {
                return true;
            }
        }
        behind = false;
        return false;
    }

    @Override
    public boolean next() {
        if (!isValid()) {
            return !behind && first();
        }
        return records.next() || firstFrom(attached + 1);
    }

    @Override
    public boolean prev() {
        if (!isValid()) {
            return behind && last();
        }
        return records.prev() || lastFrom(attached - 1);
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        final int table = this.version.find(level, key, offset, length);
        if (table == tables.length) {
            leave(true);
            return false;
        }
        attach(table);
        return records.seek(key, offset, length, version, stamp) || firstFrom(table + 1);
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        final int table = this.version.find(level, key, offset, length);
        if (table == tables.length) {
            return last();
        }
        attach(table);
        return records.seekBefore(key, offset, length, version, stamp) || lastFrom(table - 1);
    }

    /** To no record, without opening a table for that. */
    private void leave(final boolean toBehind) {
        detach();
        behind = toBehind;
    }

    @Override
    public boolean isValid() {
        return attached != NONE && records.isValid();
    }
}
