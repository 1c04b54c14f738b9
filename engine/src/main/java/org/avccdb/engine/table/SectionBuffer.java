package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;

/** Bytes of a section until they are written, in memory that serves one section after the other. One thread at a time. */
final class SectionBuffer {
    private final ScratchBuffer memory;
    private int length;

    SectionBuffer(final MemoryLedger ledger) {
        memory = new ScratchBuffer(ledger);
    }

    /** Begins a section of so many zeros. */
    void begin(final int sectionLength) {
        memory.ensure(sectionLength);
        memory.buffer().setMemory(0, sectionLength, (byte) 0);
        length = sectionLength;
    }

    int length() {
        return length;
    }

    /** For the section; what is behind its length means nothing. */
    UnsafeBuffer buffer() {
        return memory.buffer();
    }

    /** Gives the memory back; another section may begin all the same. */
    void free() {
        length = 0;
        memory.free();
    }
}
