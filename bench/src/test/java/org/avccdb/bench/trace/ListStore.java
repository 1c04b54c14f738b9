package org.avccdb.bench.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.engines.Store;

/** A store that only remembers what it was asked, in order. */
final class ListStore implements Store {
    final List<String> lines = new ArrayList<>();
    private final int keyBytes;
    private final int valueBytes;

    ListStore(int keyBytes, int valueBytes) {
        this.keyBytes = keyBytes;
        this.valueBytes = valueBytes;
    }

    /** Told before each line, as time passes then. */
    Runnable before = () -> {};

    private final class ListSession implements Session {
        private final UnsafeBuffer key = new UnsafeBuffer(new byte[keyBytes]);
        private final UnsafeBuffer value = new UnsafeBuffer(new byte[valueBytes]);

        private long add(String line) {
            before.run();
            lines.add(line);
            return 1;
        }

        private String text(UnsafeBuffer buffer) {
            return buffer.getStringWithoutLengthAscii(0, buffer.capacity());
        }

        @Override
        public UnsafeBuffer key() {
            return key;
        }

        @Override
        public UnsafeBuffer value() {
            return value;
        }

        @Override
        public UnsafeBuffer answer() {
            return value;
        }

        @Override
        public void put(long version) {
            add("put " + text(key) + " " + text(value) + " " + version);
        }

        @Override
        public void addToBatch() {
            lines.add("add " + text(key) + " " + text(value));
        }

        @Override
        public void writeBatch() {
            add("write");
        }

        @Override
        public int get() {
            return (int) add("get " + text(key));
        }

        @Override
        public int getAsOf(long version) {
            return (int) add("get " + text(key) + " as of " + version);
        }

        @Override
        public int scan(int limit) {
            return (int) add("scan " + text(key) + " " + limit);
        }

        @Override
        public long scanAll() {
            return add("scan all");
        }

        @Override
        public void close() {}
    }

    @Override
    public Session session() {
        return new ListSession();
    }

    /** Fills a buffer with a word, again and again, and dots. */
    static void fill(UnsafeBuffer buffer, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.putByte(i, i % (bytes.length + 1) == bytes.length ? (byte) '.' : bytes[i % (bytes.length + 1)]);
        }
    }

    @Override
    public void settle() {}

    @Override
    public String describe() {
        return "";
    }

    @Override
    public void close() {}
}
