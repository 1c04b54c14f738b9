package org.avccdb.memdb;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Model checking of a split: the leaf is full, and all that happens is about the keys around its middle. */
@Param(name = "key", gen = IntGen.class, conf = "0:4")
@Param(name = "value", gen = IntGen.class, conf = "1:2")
public class MapSplitLincheckTest extends MapModel {
    private static final int FILLED = LeafDescriptor.CAPACITY;
    private static final int FIRST_KEY = LeafDescriptor.CAPACITY - 2;

    public MapSplitLincheckTest() {
        super(FILLED, FIRST_KEY);
    }

    @Test
    void modelCheck() {
        options(Model.class)
                .actorsPerThread(2)
                .iterations(12)
                .invocationsPerIteration(800)
                .check(getClass());
    }

    @Operation(nonParallelGroup = "writer")
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        putValue(key, value);
    }

    @Operation(nonParallelGroup = "reader")
    public int get(@Param(name = "key") int key) {
        return valueOf(key);
    }

    @Operation(nonParallelGroup = "reader")
    public int walkForward(@Param(name = "key") int key) {
        return valueMetForward(key);
    }

    @Operation(nonParallelGroup = "reader")
    public int walkBackward(@Param(name = "key") int key) {
        return valueMetBackward(key);
    }

    /** For Lincheck. */
    public static class Model extends Sequential {
        public Model() {
            super(FILLED, FIRST_KEY);
        }
    }
}
