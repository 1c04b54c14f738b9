package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;

class LedgerExtensionTest {
    @Test
    void failsWhereAMapIsNotClosedAndNamesTheAccount() {
        LedgerExtension extension = new LedgerExtension();
        extension.beforeEach(null);
        MemDb leaked = new MemDb(1000);
        AssertionError failure;
        try {
            failure = assertThrows(AssertionError.class, () -> extension.afterEach(null));
        } finally {
            leaked.close();
        }
        assertTrue(failure.getMessage().matches("(?s).*MEMTABLE [1-9].*POOL 0.*ORPHANED 0.*"), failure.getMessage());
        extension.afterEach(null);
    }

    @Test
    void failsWhereAnIteratorIsNotClosed() {
        LedgerExtension extension = new LedgerExtension();
        extension.beforeEach(null);
        MemDb map = new MemDb(1000);
        AssertionError failure;
        try (MemDbIterator leaked = map.iterator()) {
            map.close();
            failure = assertThrows(AssertionError.class, () -> extension.afterEach(null));
            assertThrows(IllegalStateException.class, leaked::first);
        }
        assertTrue(failure.getMessage().matches("(?s).*MEMTABLE 0.*ORPHANED [1-9].*"), failure.getMessage());
        extension.afterEach(null);
    }

    @Test
    void failsWhereTheCollectorFoundWhatWasDropped() throws InterruptedException {
        MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
        LedgerExtension extension = new LedgerExtension(ledger);
        extension.beforeEach(null);
        drop(ledger);
        Collector.awaitZero(ledger);
        AssertionError failure = assertThrows(AssertionError.class, () -> extension.afterEach(null));
        assertTrue(failure.getMessage().matches("(?s).*abandoned [1-9].*"), failure.getMessage());

        extension.beforeEach(null);
        extension.afterEach(null);
    }

    private static void drop(MemoryLedger ledger) {
        MemDb map = new MemDb(1000, ledger);
        assertEquals(1000, map.free());
    }

    @Test
    void isFoundByJUnit() throws Exception {
        assertTrue(
                ServiceLoader.load(Extension.class).stream().anyMatch(found -> found.type() == LedgerExtension.class));
        try (var properties = LedgerExtension.class.getResourceAsStream("/junit-platform.properties")) {
            assertEquals(
                    "junit.jupiter.extensions.autodetection.enabled=true",
                    new String(properties.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
