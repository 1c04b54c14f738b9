package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A cursor over a transaction may outlive it, and shows what the transaction held when the cursor was opened. */
final class TransactionCursorTest {
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] OTHER = "other".getBytes(UTF_8);

    @TempDir
    Path directory;

    static Stream<Arguments> waysToEnd() {
        return Stream.of(false, true).flatMap(commit -> Stream.of(1, 100).map(size -> arguments(commit, size)));
    }

    /** Once it is discarded, its sequence numbers go to other writes, into a memtable that the cursor looks at. */
    @ParameterizedTest
    @MethodSource("waysToEnd")
    void showsNothingThatIsWrittenAfterTheEnd(boolean commit, int kibibytes) {
        Options options = Options.builder().writeBufferBytes(16 << 10).build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            db.put(KEY, new byte[0]);
            Transaction transaction = db.openTransaction();
            for (int version = 1; version <= kibibytes; version++) {
                transaction.putWithVersion(KEY, new byte[1 << 10], version);
            }
            try (Cursor cursor = transaction.versionCursor(KeyRange.all())) {
                if (commit) {
                    transaction.commit();
                } else {
                    transaction.discard();
                }
                for (int version = 0; version <= kibibytes; version++) {
                    db.putWithVersion(KEY, new byte[2], version);
                    db.putWithVersion(OTHER, new byte[3], version);
                }
                List<Long> versions = new ArrayList<>();
                for (boolean on = cursor.last(); on; on = cursor.prev()) {
                    assertEquals(
                            cursor.version() == 0 ? 0 : 1 << 10, cursor.value().capacity());
                    assertEquals("key", new String(cursor.keyBytes(), UTF_8));
                    versions.add(cursor.version());
                }
                for (boolean on = cursor.first(); on; on = cursor.next()) {
                    versions.remove(versions.size() - 1);
                }
                assertEquals(List.of(), versions);
                cursor.seek(KEY);
                assertEquals(kibibytes, cursor.version());
            }
        }
    }
}
