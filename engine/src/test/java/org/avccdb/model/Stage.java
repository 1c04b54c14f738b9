package org.avccdb.model;

import static org.avccdb.model.Comparison.same;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.avccdb.AvccDb;
import org.avccdb.AvccDbException;
import org.avccdb.ClosedException;
import org.avccdb.Cursor;
import org.avccdb.CursorReleasedException;
import org.avccdb.IntegrityReport;
import org.avccdb.LockedException;
import org.avccdb.ReadOnlyException;
import org.avccdb.Reader;
import org.avccdb.Snapshot;
import org.avccdb.SnapshotReleasedException;
import org.avccdb.Transaction;
import org.avccdb.TransactionClosedException;
import org.avccdb.VersionOrder;
import org.avccdb.VersionOrderException;
import org.avccdb.model.ReadOps.Move;
import org.avccdb.model.ReadOps.Source;
import org.avccdb.model.UpkeepOps.Way;
import org.avccdb.proof.MasterRoot;

/** A database and its model side by side, and all that is open of them. One thread. */
final class Stage implements AutoCloseable {
    private final Path root;
    private final Map<Integer, OpenSnapshot> snapshots = new HashMap<>();
    private final Map<Integer, OpenCursor> cursors = new HashMap<>();
    private final List<Ticket> tickets = new ArrayList<>();

    private Settings settings;
    private Path directory;
    private int directories;
    private AvccDb db;
    private ModelDb model;
    private boolean readOnly;
    private Transaction transaction;
    private ModelDb inTransaction;
    /** Whether reads must see all that was handed over. */
    private boolean visible = true;

    private long lastTicket;

    /** A snapshot; its root, once it has been asked for, is the one it has for good. */
    private static final class OpenSnapshot {
        private final Snapshot snapshot;
        private final ModelState state;
        private MasterRoot root;

        OpenSnapshot(Snapshot snapshot, ModelState state) {
            this.snapshot = snapshot;
            this.state = state;
        }

        void checkRoot() {
            MasterRoot now = snapshot.masterRoot();
            same("root of a snapshot, asked for again", root == null ? now : root, now);
            root = now;
        }
    }

    private record OpenCursor(Cursor cursor, ModelCursor model) {}

    private record Ticket(long number, boolean refused) {}

    Stage(Path root, Settings settings) {
        this.root = root;
        this.settings = settings;
        this.directory = newDirectory();
        this.db = AvccDb.open(directory, settings.toOptions());
        this.model = new ModelDb(settings.isMonotone(), ModelState.empty());
    }

    private Path newDirectory() {
        return root.resolve("db" + directories++);
    }

    private static void refused(String what, Class<? extends Throwable> why, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException refusal) {
            if (why.isInstance(refusal)) {
                return;
            }
            throw new AssertionError(what + ": expected " + why.getSimpleName() + ", got " + refusal, refusal);
        }
        throw new AssertionError(what + ": expected " + why.getSimpleName() + ", but it was carried out");
    }

    private boolean refusesWrites(Runnable call) {
        if (readOnly) {
            refused("write to a read-only database", ReadOnlyException.class, call);
        } else if (transaction != null) {
            refused("write past one's own transaction", IllegalStateException.class, call);
        }
        return readOnly || transaction != null;
    }

    private void carryOut(ToLongFunction<AvccDb> call) {
        long unused = call.applyAsLong(db);
    }

    void write(List<Change> changes, Long position, ToLongFunction<AvccDb> call) {
        if (refusesWrites(() -> carryOut(call))) {
            return;
        }
        long expected;
        try {
            expected = model.write(changes, position);
        } catch (VersionOrderException order) {
            refused("write of a lower version", VersionOrderException.class, () -> carryOut(call));
            visible = true;
            return;
        }
        same("sequence number of a write", expected, call.applyAsLong(db));
        visible = true;
    }

    void submit(List<Change> changes, Long position, ToLongFunction<AvccDb> call) {
        if (refusesWrites(() -> carryOut(call))) {
            return;
        }
        boolean refused = false;
        try {
            model.write(changes, position);
        } catch (VersionOrderException order) {
            refused = true;
        }
        long ticket = call.applyAsLong(db);
        same("ticket " + ticket + " is above " + lastTicket, true, ticket > lastTicket);
        lastTicket = ticket;
        tickets.add(new Ticket(ticket, refused));
        visible = false;
    }

    void await(boolean durable) {
        boolean latestFirst = tickets.size() % 2 == 0;
        for (int i = 0; i < tickets.size(); i++) {
            Ticket ticket = tickets.get(latestFirst ? tickets.size() - 1 - i : i);
            Runnable wait = () -> {
                if (durable) {
                    db.awaitDurable(ticket.number);
                } else {
                    db.await(ticket.number);
                }
            };
            for (int again = 0; again < 2; again++) {
                if (ticket.refused) {
                    refused("wait for the write of a lower version", VersionOrderException.class, wait);
                } else {
                    wait.run();
                }
            }
        }
        tickets.clear();
        visible = true;
    }

    private void settle() {
        if (!visible) {
            await(false);
        }
    }

    void begin() {
        if (refusesWrites(() -> db.openTransaction())) {
            return;
        }
        transaction = db.openTransaction();
        visible = true;
        inTransaction = new ModelDb(settings.isMonotone(), model.state());
    }

    void writeInTransaction(List<Change> changes, Long position, Consumer<Transaction> call) {
        if (transaction == null) {
            return;
        }
        try {
            inTransaction.write(changes, position);
        } catch (VersionOrderException order) {
            refused("write of a lower version", VersionOrderException.class, () -> call.accept(transaction));
            return;
        }
        call.accept(transaction);
    }

    void end(boolean commit) {
        if (transaction == null) {
            return;
        }
        Transaction ended = transaction;
        if (commit) {
            same("sequence number of a commit", inTransaction.state().sequence(), ended.commit());
            model = inTransaction;
        } else {
            ended.discard();
        }
        transaction = null;
        inTransaction = null;
        refused("read in a transaction that has ended", TransactionClosedException.class, () -> ended.get(new byte[1]));
        refused("end of a transaction that has ended", TransactionClosedException.class, ended::commit);
        ended.close();
    }

    void ask(Source source, BiConsumer<Reader, ModelState> question) {
        settle();
        if (source.asked() == Source.Asked.DATABASE) {
            question.accept(db, model.state());
        } else if (source.asked() == Source.Asked.TRANSACTION && transaction != null) {
            question.accept(transaction, inTransaction.state());
        } else if (source.asked() == Source.Asked.SNAPSHOT && snapshots.containsKey(source.slot())) {
            OpenSnapshot open = snapshots.get(source.slot());
            question.accept(open.snapshot, open.state);
        }
    }

    /** Asks a snapshot, the one of a slot or one of now, for proofs; where there are none that is said. */
    void prove(Source source, BiConsumer<Snapshot, ModelState> question) {
        settle();
        if (source.asked() == Source.Asked.TRANSACTION) {
            if (transaction != null) {
                refused(
                        "proof in a transaction",
                        UnsupportedOperationException.class,
                        () -> transaction.getWithProof(new byte[1], 0));
            }
        } else if (settings.isWithoutProofs()) {
            refused("root without authentication", UnsupportedOperationException.class, db::masterRoot);
        } else if (source.asked() == Source.Asked.SNAPSHOT) {
            OpenSnapshot open = snapshots.get(source.slot());
            if (open != null && isProvable(open.snapshot)) {
                open.checkRoot();
                question.accept(open.snapshot, open.state);
                open.checkRoot();
            }
        } else {
            proveNow(question);
        }
    }

    /** Tables that were written without authentication have no root until they are compacted. */
    private void proveNow(BiConsumer<Snapshot, ModelState> question) {
        try (Snapshot now = db.snapshot()) {
            if (isProvable(now)) {
                question.accept(now, model.state());
                return;
            }
        }
        if (!readOnly && transaction == null) {
            db.compactRange(Range.ALL.toKeyRange());
            try (Snapshot now = db.snapshot()) {
                question.accept(now, model.state());
            }
        }
    }

    private static boolean isProvable(Snapshot snapshot) {
        try {
            return snapshot.masterRoot() != null;
        } catch (UnsupportedOperationException none) {
            same("what to do is said: " + none, true, none.getMessage().contains("compactRange"));
            return false;
        }
    }

    void takeSnapshot(int slot) {
        settle();
        dropSnapshot(slot);
        Snapshot snapshot = db.snapshot();
        snapshots.put(slot, new OpenSnapshot(snapshot, model.state()));
        same("sequence number of a snapshot", model.state().sequence(), snapshot.sequence());
    }

    void dropSnapshot(int slot) {
        OpenSnapshot open = snapshots.remove(slot);
        if (open != null) {
            open.snapshot.close();
            refused("read of a closed snapshot", SnapshotReleasedException.class, () -> open.snapshot.get(new byte[1]));
            open.snapshot.close();
        }
    }

    void openCursor(int slot, Source source, Range range, boolean versions) {
        closeCursor(slot);
        ask(source, (reader, state) -> {
            Cursor cursor = versions ? reader.versionCursor(range.toKeyRange()) : reader.cursor(range.toKeyRange());
            List<Entry> entries = versions ? state.versionsIn(range) : state.latestIn(range);
            cursors.put(slot, new OpenCursor(cursor, new ModelCursor(entries)));
        });
    }

    void walk(int slot, List<Move> moves) {
        OpenCursor open = cursors.get(slot);
        if (open != null) {
            int step = 0;
            for (Move move : moves) {
                move("step " + step++ + " of a walk, " + move, open, move);
            }
        }
    }

    private static void move(String what, OpenCursor open, Move move) {
        Cursor cursor = open.cursor;
        ModelCursor model = open.model;
        boolean expected;
        boolean actual;
        switch (move.step()) {
            case FIRST -> {
                expected = model.first();
                actual = cursor.first();
            }
            case LAST -> {
                expected = model.last();
                actual = cursor.last();
            }
            case SEEK -> {
                expected = model.seek(move.key());
                actual = cursor.seek(move.key().bytes());
            }
            case NEXT -> {
                expected = model.next();
                actual = cursor.next();
            }
            default -> {
                expected = model.prev();
                actual = cursor.prev();
            }
        }
        if (expected != actual) {
            throw new AssertionError(what + ": expected "
                    + (expected ? model.entry() : "no record") + ", got "
                    + (actual ? Key.of(cursor.keyBytes()) + "@" + cursor.version() : "none"));
        }
        same(what + ": isValid", expected, cursor.isValid());
        if (expected) {
            Comparison.record(what, model.entry(), cursor);
        } else {
            refused(what + ": access to no record", IllegalStateException.class, cursor::key);
            refused(what + ": access to no record", IllegalStateException.class, cursor::version);
        }
    }

    void closeCursor(int slot) {
        OpenCursor open = cursors.remove(slot);
        if (open == null) {
            return;
        }
        Cursor cursor = open.cursor;
        DirectBuffer view = cursor.isValid() ? cursor.value() : null;
        byte[] value = cursor.isValid() ? cursor.valueBytes() : null;
        cursor.close();
        cursor.close();
        refused("move of a closed cursor", CursorReleasedException.class, cursor::next);
        refused("question to a closed cursor", CursorReleasedException.class, cursor::isValid);
        if (view != null && view.capacity() > 0) {
            byte[] shown = new byte[view.capacity()];
            view.getBytes(0, shown);
            same("view of a closed cursor", value, shown);
        }
    }

    void sizeOf(List<Range> ranges) {
        List<Range> asked = new ArrayList<>(ranges);
        asked.add(Range.ALL);
        long[] sizes = db.sizeOf(asked.stream().map(Range::toKeyRange).toArray(org.avccdb.KeyRange[]::new));
        same("number of sizes", asked.size(), sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0 || sizes[i] > sizes[sizes.length - 1]) {
                throw new AssertionError(
                        "size of " + asked.get(i) + " is " + sizes[i] + ", that of all " + sizes[sizes.length - 1]);
            }
        }
    }

    void inspect() {
        for (String name : new String[] {"levels", "sstables", "stats", "memory", "identity", "num-files-at-level0"}) {
            same(name + " is there", true, db.property("avccdb." + name) != null);
        }
        same("unknown property", null, db.property("avccdb.none"));
        same("statistics", true, db.stats() != null);
        settle();
        same("applied position", model.state().appliedPosition(), db.appliedPosition());
    }

    void upkeep(Consumer<AvccDb> work) {
        if (readOnly) {
            refused("upkeep of a read-only database", ReadOnlyException.class, () -> work.accept(db));
        } else {
            work.accept(db);
        }
    }

    void verify() {
        clean(db);
    }

    private static void clean(AvccDb db) {
        IntegrityReport report = db.verify();
        same("verify: " + report, true, report.isClean());
    }

    void checkpoint(Settings with) {
        Path copy = newDirectory();
        settle();
        db.checkpoint(copy);
        compare(copy, with.with("versionOrder", order()), true);
        compare(copy, with.with("versionOrder", order()), false);
        delete(copy);
    }

    private VersionOrder order() {
        return settings.isMonotone() ? VersionOrder.MONOTONE : VersionOrder.ARBITRARY;
    }

    private void compare(Path where, Settings with, boolean toRead) {
        try (AvccDb copy = AvccDb.open(where, with.toBuilder().readOnly(toRead).build())) {
            Comparison.everything(copy, model.state());
            same("applied position of a copy", model.state().appliedPosition(), copy.appliedPosition());
            try (Snapshot snapshot = copy.snapshot()) {
                same("sequence number of a copy", model.state().sequence(), snapshot.sequence());
            }
            clean(copy);
            if (toRead) {
                refused("write to a read-only database", ReadOnlyException.class, () -> copy.delete(new byte[1]));
                try (AvccDb second =
                        AvccDb.open(where, with.toBuilder().readOnly(true).build())) {
                    Comparison.everything(second, model.state());
                }
            }
        }
    }

    void setReadOnly() {
        if (transaction == null) {
            db.setReadOnly();
            readOnly = true;
        }
    }

    void openTwice() {
        refused(
                "second opening",
                LockedException.class,
                () -> AvccDb.open(directory, settings.toOptions()).close());
    }

    void reopen(Way way, Settings with) {
        Settings next = with.with("versionOrder", order());
        Way possible = possible(way);
        Path left = directory;
        if (possible == Way.CRASH || possible == Way.CRASH_RECOVER) {
            settle();
            directory = newDirectory();
            copy(left, directory);
        }
        closeDatabase();
        if (!left.equals(directory)) {
            delete(left);
        }
        if (possible == Way.LOOK) {
            compare(directory, next, true);
        }
        settings = next;
        if (possible == Way.RECOVER || possible == Way.CRASH_RECOVER) {
            recover();
        } else {
            VersionOrder other = settings.isMonotone() ? VersionOrder.ARBITRARY : VersionOrder.MONOTONE;
            refused(
                    "opening with another order",
                    VersionOrderException.class,
                    () -> AvccDb.open(
                                    directory,
                                    settings.toBuilder().versionOrder(other).build())
                            .close());
            db = AvccDb.open(directory, settings.toOptions());
        }
        try (Snapshot snapshot = db.snapshot()) {
            same("sequence number after opening", model.state().sequence(), snapshot.sequence());
        }
        same("applied position after opening", model.state().appliedPosition(), db.appliedPosition());
    }

    /** Files can be copied from under a database only where nothing goes on in it. */
    private Way possible(Way way) {
        if (!settings.hasThreads()) {
            return way;
        }
        return way == Way.CRASH ? Way.CLOSE : way == Way.CRASH_RECOVER ? Way.RECOVER : way;
    }

    /** What is in no record cannot be found again, but for what is in the journals. */
    private void recover() {
        // An opening deletes what nobody needs: a rebuild cannot tell whether tables are obsolete that merged into
        // nothing.
        AvccDb.open(directory, settings.toOptions()).close();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            if (name.startsWith("MANIFEST") || name.startsWith("CURRENT")) {
                delete(file);
            }
        }
        db = AvccDb.recover(directory, settings.toOptions());
        ModelState before = model.state();
        long sequence;
        try (Snapshot snapshot = db.snapshot()) {
            sequence = snapshot.sequence();
        }
        if (sequence < before.highestLiveSequence() || sequence > before.sequence()) {
            throw new AssertionError("recovered up to " + sequence + " of " + before.sequence() + ", where "
                    + before.highestLiveSequence() + " is alive");
        }
        model.continueFrom(sequence, db.appliedPosition(), before.highestVersion());
        if (settings.isMonotone() && before.highestVersion() > 0) {
            Change.Put again = new Change.Put(Key.of(new byte[] {1}), before.highestVersion(), new Value(1, 0));
            write(
                    List.of(again),
                    null,
                    db -> db.putWithVersion(again.key().bytes(), again.value().bytes(), again.version()));
        }
    }

    private void closeDatabase() {
        AvccDb closed = db;
        closed.close();
        closed.close();
        refused("read of a closed database", ClosedException.class, () -> closed.get(new byte[1]));
        refused("write to a closed database", ClosedException.class, () -> closed.put(new byte[1], new byte[1]));
        for (OpenSnapshot open : snapshots.values()) {
            refused(
                    "read of a snapshot of a closed database",
                    AvccDbException.class,
                    () -> open.snapshot.get(new byte[1]));
            open.snapshot.close();
        }
        for (OpenCursor open : cursors.values()) {
            refused("move of a cursor of a closed database", AvccDbException.class, open.cursor::next);
            refused("question to a cursor of a closed database", AvccDbException.class, open.cursor::isValid);
            open.cursor.close();
        }
        if (transaction != null) {
            Transaction left = transaction;
            refused("read in a transaction of a closed database", AvccDbException.class, () -> left.get(new byte[1]));
            left.close();
        }
        snapshots.clear();
        cursors.clear();
        tickets.clear();
        transaction = null;
        inTransaction = null;
        visible = true;
        readOnly = false;
        lastTicket = 0;
    }

    @Override
    public void close() {
        closeDatabase();
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path file : files(from)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                files(path).forEach(Stage::delete);
            }
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
