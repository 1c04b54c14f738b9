package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test of this module that leaves native memory of the process's ledger behind: not closed, or dropped and
 * found by the garbage collector. JUnit finds it by itself.
 */
public final class LedgerExtension implements BeforeEachCallback, AfterEachCallback {
    private final MemoryLedger ledger;
    private long abandonedBefore;

    /** For JUnit. */
    public LedgerExtension() {
        this(MemoryLedger.process());
    }

    LedgerExtension(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        abandonedBefore = ledger.abandonedBytes();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertEquals(0, ledger.totalBytes(), () -> "this test, or one before it, did not close: " + ledger);
        assertEquals(
                abandonedBefore, ledger.abandonedBytes(), () -> "this test, or one before it, abandoned: " + ledger);
    }
}
