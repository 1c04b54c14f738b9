package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceShrinkerTest {
    private static List<Integer> shrink(List<Integer> history, Predicate<List<Integer>> fails) {
        assertTrue(fails.test(history), "the history must fail to begin with");
        return new TraceShrinker<>(fails, (Integer step) -> step == 0 ? List.of() : List.of(0, step / 2, step - 1))
                .shrink(history);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void findsTheOneStepThatFails() {
        for (int size = 1; size < 70; size++) {
            for (int bad = 0; bad < size; bad++) {
                int planted = bad;
                List<Integer> history = upTo(size);
                List<Integer> found =
                        new TraceShrinker<Integer>(h -> h.contains(planted), step -> List.of()).shrink(history);
                assertEquals(List.of(planted), found);
            }
        }
    }

    @Test
    void findsTwoStepsFarApartThatFailInThisOrderOnly() {
        Predicate<List<Integer>> fails = h -> h.contains(17) && h.lastIndexOf(803) > h.indexOf(17);
        assertEquals(List.of(17, 803), new TraceShrinker<>(fails, step -> List.<Integer>of()).shrink(upTo(1000)));
    }

    @Test
    void findsAPairWhereNeitherHalfFailsAlone() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            int first = random.nextInt(200);
            int second = random.nextInt(200);
            int third = random.nextInt(200);
            List<Integer> expected = IntStream.of(first, second, third)
                    .distinct()
                    .sorted()
                    .boxed()
                    .toList();
            assertEquals(
                    expected,
                    new TraceShrinker<Integer>(h -> h.containsAll(expected), step -> List.of()).shrink(upTo(200)));
        }
    }

    @Test
    void makesStepsSimpler() {
        assertEquals(List.of(10), shrink(upTo(100), h -> h.stream().anyMatch(step -> step >= 10)));
        assertEquals(List.of(0, 0, 7), shrink(upTo(100), h -> h.size() >= 3 && h.get(h.size() - 1) >= 7));
    }

    @Test
    void anEmptyHistoryThatFailsIsTheShortest() {
        assertEquals(List.of(), shrink(upTo(9), h -> true));
    }

    @Test
    void whatIsMinimalStaysAsItIs() {
        assertEquals(List.of(3, 1, 2), shrink(List.of(3, 1, 2), List.of(3, 1, 2)::equals));
    }

    @Test
    void aMapThatLosesAKeyIsShrunkToWhatShowsIt() {
        // A "map" that forgets the first key as soon as it holds three others.
        Predicate<List<MapStep>> fails = history -> {
            long keys = history.stream()
                    .filter(step -> step instanceof MapStep.Put)
                    .map(step -> ((MapStep.Put) step).key())
                    .distinct()
                    .count();
            return keys > 3 && history.stream().anyMatch(step -> step instanceof MapStep.Walk);
        };
        List<MapStep> history = MapHistories.random(new Random(7), Keys.RANDOM_16, 300);
        List<MapStep> shortest = new TraceShrinker<>(fails, MapStep::simpler).shrink(history);
        assertTrue(fails.test(shortest));
        assertEquals(5, shortest.size(), shortest::toString);
    }
}
