package org.avccdb.memdb;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Model checking of what shifts entries of a leaf, replaces values and marks keys as deleted. */
@Param(name = "key", gen = IntGen.class, conf = "0:5")
@Param(name = "value", gen = IntGen.class, conf = "1:2")
public class MapShiftLincheckTest extends MapModel {
    private static final int FILLED = 3;
    private static final int FIRST_KEY = 0;

    public MapShiftLincheckTest() {
        super(FILLED, FIRST_KEY);
    }

    @Test
    void modelCheck() {
        options(Model.class)
                .actorsPerThread(2)
                .iterations(15)
                .invocationsPerIteration(500)
                .check(getClass());
    }

    @Operation(nonParallelGroup = "writer")
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        putValue(key, value);
    }

    @Operation(nonParallelGroup = "writer")
    public boolean delete(@Param(name = "key") int key) {
        return deleteKey(key);
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
