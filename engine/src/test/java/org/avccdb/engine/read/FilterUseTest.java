package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FilterUseTest {
    private final FilterUse use = new FilterUse();

    private void look(final int lookups, final int missingEach) {
        for (int i = 1; i <= lookups; i++) {
            use.ended(missingEach == 0 || i % missingEach != 0);
        }
    }

    @Test
    void filtersAreAskedUntilKeysHaveBeenFoundForAWhile() {
        assertTrue(use.isWorthwhile());
        look(1_000, 0);
        assertTrue(use.isWorthwhile());
        look(1_000, 0);
        assertFalse(use.isWorthwhile());
    }

    @Test
    void aFewMissingKeysDoNotMatter() {
        look(2_000, 0);
        look(1, 1);
        assertFalse(use.isWorthwhile());
        look(1_000, 64);
        assertFalse(use.isWorthwhile());
    }

    @Test
    void oneInEightDoes() {
        look(2_000, 0);
        int worthwhile = 0;
        for (int i = 1; i <= 8_000; i++) {
            use.ended(i % 8 != 0);
            worthwhile += use.isWorthwhile() ? 1 : 0;
        }
        assertTrue(worthwhile > 7_000, worthwhile + " of 8000");
    }

    @Test
    void whereNothingIsFoundTheyAreAskedForGood() {
        look(2_000, 0);
        look(50, 1);
        assertTrue(use.isWorthwhile());
    }
}
