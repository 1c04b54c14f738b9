package org.avccdb.bench.workloads;

import java.util.List;
import java.util.SplittableRandom;
import org.avccdb.bench.load.Zipf;

/** A mix of operations, as YCSB has it. */
final class MixedWorker extends ReadWorker {
    static final List<String> KINDS = List.of("read", "update", "insert", "scan", "rmw");

    private static final int READ = 0;
    private static final int UPDATE = 1;
    private static final int INSERT = 2;
    private static final int SCAN = 3;
    private static final int READ_MODIFY_WRITE = 4;
    private static final int WHOLE = 100;
    private static final int MAX_SCAN = 100;
    private static final long SEED = 9_000;

    private final Mix mix;
    private final SplittableRandom random;
    private final Zipf zipf;
    private int kind;
    private long number;
    private int scanLength;

    MixedWorker(final Task task, final int thread, final Mix mix) {
        super(task);
        this.mix = mix;
        this.random = new SplittableRandom(SEED + thread);
        this.zipf = new Zipf(task.parameters().records(), random);
    }

    @Override
    public void prepare(final long operation) {
        answers.compare(session.answer());
        kind = draw();
        if (kind == INSERT) {
            number = task.nextInsert().getAndIncrement();
        } else if (mix.latest()) {
            number = Math.max(0, task.nextInsert().get() - task.parameters().threads() - 1 - zipf.next());
        } else {
            number = zipf.nextScattered();
        }
        task.keys().write(number, session.key());
        if (kind != READ && kind != SCAN) {
            task.values().write(number, session.value());
        }
        scanLength = kind == SCAN ? 1 + random.nextInt(MAX_SCAN) : 0;
    }

    private int draw() {
        int left = random.nextInt(WHOLE);
        final int[] parts = {mix.read(), mix.update(), mix.insert(), mix.scan()};
        for (int i = 0; i < parts.length; i++) {
            left -= parts[i];
            if (left < 0) {
                return i;
            }
        }
        return READ_MODIFY_WRITE;
    }

    @Override
    public long perform() {
        switch (kind) {
            case READ -> get();
            case UPDATE, INSERT -> session.put(0);
            case SCAN -> {
                return session.scan(scanLength);
            }
            default -> {
                get();
                session.put(0);
            }
        }
        return 1;
    }

    /** A new key whose number another thread has taken may not be there yet. */
    private void get() {
        final int length = session.get();
        if (length < 0
                && number >= task.parameters().records()
                && task.parameters().threads() > 1) {
            answers.expect(true);
        } else {
            answers.expectValue(length, number);
        }
    }

    @Override
    public int kind() {
        return kind;
    }
}
