package org.avccdb.bench.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.avccdb.EventListener.BackgroundError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {
    private int looks;

    private void look() {
        looks++;
    }

    @Test
    void waitsForAsLongAsWorkGoesOnAndThenABit() {
        int end = 3 * Settling.STUCK_LOOKS;
        // It gets on just often enough.
        assertTrue(new Settling(
                        () -> looks < end,
                        () -> "state " + Math.min(looks, end) / (Settling.STUCK_LOOKS - 1),
                        this::look)
                .await());
        assertEquals(end + Settling.QUIET_LOOKS - 1, looks);
    }

    @Test
    void waitsWhereOnlyTheStateChanges() {
        assertTrue(new Settling(() -> false, () -> "state " + Math.min(looks, 100), this::look).await());
        assertEquals(100 + Settling.QUIET_LOOKS, looks);
    }

    @Test
    void givesUpWhereNothingGetsOn() {
        assertFalse(new Settling(() -> true, () -> "state " + Math.min(looks, 100), this::look).await());
        assertEquals(100 + Settling.STUCK_LOOKS, looks);
    }

    @Test
    void aStoreWhoseBackgroundWorkHasFailedDoesNotSettle(@TempDir Path folder) {
        Events events = new Events();
        try (Store store = new AvccStore(new StoreSettings(folder, Durability.DEFAULT, null, 16, 100, 10), events)) {
            store.settle();
            new AvccEvents(events).backgroundError(new BackgroundError("compaction", new IllegalStateException("no")));
            assertTrue(assertThrows(EngineException.class, store::settle)
                    .getMessage()
                    .contains("compaction"));
        }
    }
}
