package org.avccdb.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.avccdb.model.ReadOps.Move;
import org.avccdb.model.ReadOps.Source;
import org.avccdb.model.UpkeepOps.Way;
import org.avccdb.model.WriteOps.Manner;

/**
 * Draws tests from a seed. Each seed has its own taste: some kinds of steps come often, others never, so that each test goes
 * deep somewhere.
 */
final class TrialGenerator {
    private static final int SLOTS = 4;

    private final Random random;
    private final RandomContent content;
    private final Settings settings;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Op> ops = new ArrayList<>();
    private final int batchSize;
    private int totalWeight;
    private boolean inTransaction;

    private record Kind(int weight, Supplier<Op> draw) {}

    private TrialGenerator(long seed) {
        random = new Random(seed);
        boolean monotone = random.nextInt(5) == 0;
        settings = RandomSettings.draw(random, monotone);
        int buffer = Integer.parseInt(settings.values().get("writeBufferBytes"));
        content = new RandomContent(random, monotone, Math.min(300_000, 4 * buffer));
        batchSize = 1 << random.nextInt(6);
        kind(300, () -> new WriteOps.Write(content.change(), manner()));
        kind(60, () -> new WriteOps.Batch(content.changes(batchSize), content.position(), manner()));
        kind(8, () -> new WriteOps.Batch(content.changes(300), content.position(), manner()));
        kind(60, this::submit);
        kind(10, () -> new WriteOps.Await(random.nextInt(4) == 0));
        kind(10, this::begin);
        kind(150, () -> new ReadOps.AskKey(source(), content.keyToAskFor(), content.bound(), content.bound()));
        kind(20, () -> new ReadOps.AskKeys(source(), content.keysToAskFor()));
        kind(5, () -> new ReadOps.AskEverything(source()));
        kind(8, () -> new ReadOps.Take(random.nextInt(SLOTS)));
        kind(4, () -> new ReadOps.Drop(random.nextInt(SLOTS)));
        kind(20, () -> new ReadOps.OpenCursor(random.nextInt(SLOTS), source(), content.range(), random.nextBoolean()));
        kind(60, () -> new ReadOps.Walk(random.nextInt(SLOTS), moves()));
        kind(4, () -> new ReadOps.CloseCursor(random.nextInt(SLOTS)));
        kind(2, () -> new ReadOps.SizeOf(List.of(content.range(), content.range())));
        kind(2, ReadOps.Inspect::new);
        kind(10, UpkeepOps.Flush::new);
        kind(4, () -> new UpkeepOps.Compact(content.range()));
        kind(2, UpkeepOps.Verify::new);
        kind(2, () -> new UpkeepOps.Checkpoint(RandomSettings.redraw(random)));
        kind(1, UpkeepOps.OpenTwice::new);
        kind(6, this::reopen);
    }

    /** The test of a seed. */
    static Trial of(long seed, int steps) {
        return new TrialGenerator(seed).draw(steps);
    }

    /** The same test, with questions for proofs between its steps. */
    static Trial withProofs(Trial trial, long seed) {
        Random random = new Random(~seed);
        RandomContent content =
                new RandomContent(new Random(seed), trial.settings().isMonotone(), 1);
        int every = 3 + random.nextInt(30);
        List<Key> written = new ArrayList<>();
        List<Op> ops = new ArrayList<>();
        for (Op op : trial.ops()) {
            ops.add(op);
            if (op instanceof WriteOps.Write write) {
                written.add(write.change().key());
            }
            if (random.nextInt(every) == 0) {
                Key key = written.isEmpty() || random.nextInt(4) == 0
                        ? content.keyToAskFor()
                        : written.get(random.nextInt(written.size()));
                ops.add(proof(random, content, key));
            }
        }
        ops.add(new ProofOps.ProveEverything(Source.DATABASE, 20));
        return new Trial(trial.settings(), List.copyOf(ops));
    }

    private static Op proof(Random random, RandomContent content, Key key) {
        int kind = random.nextInt(20);
        Source.Asked asked = kind % 2 == 0 ? Source.Asked.DATABASE : Source.Asked.SNAPSHOT;
        Source source = random.nextInt(20) == 0
                ? new Source(Source.Asked.TRANSACTION, 0)
                : new Source(asked, random.nextInt(SLOTS));
        return kind < 10
                ? new ProofOps.ProveKey(source, key, content.bound(), content.bound())
                : kind < 14
                        ? new ProofOps.ProveRange(source, content.range())
                        : kind < 19 ? new ProofOps.Root(source) : new ProofOps.ProveEverything(source, 5);
    }

    private void kind(int weight, Supplier<Op> draw) {
        int taste = random.nextInt(4);
        int own = taste == 0 ? 0 : taste == 3 ? 3 * weight : weight;
        if (own > 0) {
            kinds.add(new Kind(own, draw));
            totalWeight += own;
        }
    }

    private Trial draw(int steps) {
        while (ops.size() < steps && totalWeight > 0) {
            int left = random.nextInt(totalWeight);
            for (Kind kind : kinds) {
                left -= kind.weight;
                if (left < 0) {
                    ops.add(kind.draw.get());
                    break;
                }
            }
        }
        finish();
        return new Trial(settings, List.copyOf(ops));
    }

    private void finish() {
        if (inTransaction) {
            ops.add(new WriteOps.End(random.nextBoolean()));
            inTransaction = false;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            ops.add(new ReadOps.AskEverything(new Source(Source.Asked.SNAPSHOT, slot)));
        }
        ops.add(new ReadOps.AskEverything(Source.DATABASE));
        ops.add(new UpkeepOps.Compact(Range.ALL));
        ops.add(new ReadOps.AskEverything(Source.DATABASE));
        for (int slot = 0; slot < SLOTS; slot++) {
            ops.add(new ReadOps.AskEverything(new Source(Source.Asked.SNAPSHOT, slot)));
        }
        ops.add(new UpkeepOps.Reopen(Way.CLOSE, RandomSettings.redraw(random)));
        ops.add(new ReadOps.AskEverything(Source.DATABASE));
        ops.add(new UpkeepOps.Verify());
    }

    private Manner manner() {
        return new Manner(random.nextBoolean(), random.nextInt(8) == 0, random.nextInt(8) == 0);
    }

    private Source source() {
        int kind = random.nextInt(10);
        if (inTransaction && kind < 5) {
            return new Source(Source.Asked.TRANSACTION, 0);
        }
        return kind < 8 ? Source.DATABASE : new Source(Source.Asked.SNAPSHOT, random.nextInt(SLOTS));
    }

    private Op submit() {
        return random.nextInt(3) > 0
                ? new WriteOps.Submit(List.of(content.change()), null, manner())
                : new WriteOps.Submit(content.changes(batchSize), content.position(), manner());
    }

    /** Begins a transaction, with much of what happens in it. */
    private Op begin() {
        if (inTransaction) {
            return endOfTransaction();
        }
        ops.add(new WriteOps.Begin());
        inTransaction = true;
        for (int i = random.nextInt(20); i > 0; i--) {
            ops.add(inTransaction());
            if (random.nextInt(4) == 0) {
                ops.add(new ReadOps.AskKey(source(), content.keyToAskFor(), content.bound(), content.bound()));
            }
            if (random.nextInt(6) == 0) {
                ops.add(new ReadOps.OpenCursor(random.nextInt(SLOTS), source(), content.range(), random.nextBoolean()));
            }
            if (random.nextInt(4) == 0) {
                ops.add(new ReadOps.Walk(random.nextInt(SLOTS), moves()));
            }
        }
        return random.nextInt(3) > 0 ? endOfTransaction() : inTransaction();
    }

    private Op inTransaction() {
        return new WriteOps.InTransaction(
                content.changes(random.nextInt(6) == 0 ? 100 : 5),
                content.position(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Op endOfTransaction() {
        inTransaction = false;
        return new WriteOps.End(random.nextInt(3) > 0);
    }

    private Op reopen() {
        inTransaction = false;
        if (random.nextInt(5) == 0) {
            ops.add(new UpkeepOps.SetReadOnly());
            ops.add(new WriteOps.Write(content.change(), manner()));
            ops.add(new ReadOps.AskEverything(Source.DATABASE));
        }
        Way[] ways = Way.values();
        return new UpkeepOps.Reopen(ways[random.nextInt(ways.length)], RandomSettings.redraw(random));
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        int forward = random.nextInt(5);
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            int kind = random.nextInt(12);
            if (kind == 0) {
                moves.add(new Move(Move.Step.FIRST, null));
            } else if (kind == 1) {
                moves.add(new Move(Move.Step.LAST, null));
            } else if (kind < 5) {
                moves.add(new Move(Move.Step.SEEK, content.keyToAskFor()));
            } else {
                moves.add(new Move(random.nextInt(5) < forward ? Move.Step.NEXT : Move.Step.PREV, null));
            }
        }
        return moves;
    }
}
