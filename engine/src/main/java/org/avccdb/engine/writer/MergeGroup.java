package org.avccdb.engine.writer;

import java.util.Arrays;
import org.avccdb.engine.ingest.WriteSlot;

/** Writes that take one journal record together. Used by the writer's role alone. */
final class MergeGroup {
    /** Beyond this a group gains little and its first member waits long. */
    private static final int MAX_BYTES = 1 << 20;

    private final WriteSlot[] members;

    private int count;
    private long bytes;
    private int records;
    private long dataBytes;
    private boolean sync;

    MergeGroup(final int maxMembers) {
        members = new WriteSlot[maxMembers];
    }

    void clear() {
        Arrays.fill(members, 0, count, null);
        count = 0;
        bytes = 0;
        records = 0;
        dataBytes = 0;
        sync = false;
    }

    void add(final WriteSlot slot) {
        members[count++] = slot;
        bytes += slot.length();
        records += slot.records();
        dataBytes += slot.dataBytes();
        sync |= slot.isSync();
    }

    /** Takes back what a refused member added. */
    void exclude(final WriteSlot slot) {
        bytes -= slot.length();
        records -= slot.records();
        dataBytes -= slot.dataBytes();
    }

    boolean mayTake(final WriteSlot slot) {
        return count < members.length
                && bytes + slot.length() <= MAX_BYTES
                && !slot.isAlone()
                // Who did not ask for a sync and came first need not wait for one.
                && (sync || !slot.isSync());
    }

    int count() {
        return count;
    }

    WriteSlot member(final int i) {
        return members[i];
    }

    long bytes() {
        return bytes;
    }

    int records() {
        return records;
    }

    long dataBytes() {
        return dataBytes;
    }

    boolean isSync() {
        return sync;
    }
}
