package org.avccdb;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.avccdb.engine.read.Reads;
import org.avccdb.proof.MasterRoot;

/**
 * An open database: an ordered map from (key, version) to value in one directory.
 *
 * <p>Any number of threads may use it, all methods, at once. Only one open database may write to a directory; further ones
 * that only read may share it with each other, not with one that writes.
 *
 * <p>A write takes effect as a whole, at one moment, and every read that begins after it has returned sees it. How durable it
 * is then says {@link WriteOptions}. A thread's writes take effect in its order.
 *
 * <p>Calls are not cut short by an interrupt of their thread; they keep its flag. After {@link #close} every method throws
 * {@link ClosedException}.
 *
 * <pre>{@code
 * try (AvccDb db = AvccDb.open(Path.of("data"))) {
 *     db.put("key".getBytes(UTF_8), "value".getBytes(UTF_8));
 *     byte[] value = db.get("key".getBytes(UTF_8));
 * }
 * }</pre>
 */
public final class AvccDb extends DelegatingReader implements AutoCloseable {
    private final Engine engine;

    AvccDb(final Engine engine) {
        this.engine = engine;
    }

    /**
     * Opens a database with the default options; where there is none, it is created.
     *
     * @param directory where its files are; made if it is not there
     * @return the open database, to be closed by the caller
     * @throws LockedException if another open database holds the directory
     * @throws CorruptionException if what is there is damaged, or no database
     */
    public static AvccDb open(final Path directory) {
        return open(directory, Options.DEFAULT);
    }

    /**
     * Opens a database.
     *
     * @param directory where its files are; made if it is not there, unless the options say otherwise
     * @param options how to use it
     * @return the open database, to be closed by the caller
     * @throws LockedException if another open database holds the directory
     * @throws DatabaseMissingException if there is none and the options ask for one
     * @throws DatabaseExistsException if there is one and the options ask for none
     * @throws CorruptionException if what is there is damaged, or no database
     */
    public static AvccDb open(final Path directory, final Options options) {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(options, "options");
        return new AvccDb(Engine.open(directory, options));
    }

    /**
     * Opens a database whose manifest is lost: rebuilds it from tables and journals. It refuses to do so without a table that
     * is damaged; where that one is moved out of the directory, it makes do with what is there. Files that are not part of the
     * database are left out, and named in its log.
     *
     * @param directory where its files are
     * @param options how to use it; with the version order that it was created with
     * @return the open database, to be closed by the caller
     * @throws CorruptionException if a table or a journal is damaged
     * @throws DatabaseMissingException if there is nothing to rebuild one from
     * @throws IllegalArgumentException if the options say to write nothing
     */
    public static AvccDb recover(final Path directory, final Options options) {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(options, "options");
        return new AvccDb(Engine.recover(directory, options));
    }

    @Override
    Reads reads() {
        return engine.reads();
    }

    @Override
    ProvenValue proven(final byte[] key, final long version) {
        try (Snapshot now = snapshot()) {
            return now.proven(key, version);
        }
    }

    @Override
    ProvenHistory provenHistory(final byte[] key, final long minVersion, final long maxVersion) {
        try (Snapshot now = snapshot()) {
            return now.provenHistory(key, minVersion, maxVersion);
        }
    }

    /**
     * The root over everything that has been written so far; {@link Snapshot#masterRoot} of a snapshot taken now.
     *
     * @return the root
     * @throws UnsupportedOperationException if the database has no authentication
     */
    public MasterRoot masterRoot() {
        try (Snapshot now = snapshot()) {
            return now.masterRoot();
        }
    }

    /**
     * Writes a plain value.
     *
     * @param key whose
     * @param value what
     * @return the sequence number of the record
     */
    public long put(final byte[] key, final byte[] value) {
        return put(key, value, WriteOptions.DEFAULT);
    }

    /**
     * Writes a plain value.
     *
     * @param key whose
     * @param value what
     * @param options how durable
     * @return the sequence number of the record
     */
    public long put(final byte[] key, final byte[] value, final WriteOptions options) {
        return engine.writes().put(key, value, 0, options);
    }

    /**
     * Writes a version of a key.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     * @return the sequence number of the record
     */
    public long putWithVersion(final byte[] key, final byte[] value, final long version) {
        return putWithVersion(key, value, version, WriteOptions.DEFAULT);
    }

    /**
     * Writes a version of a key.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return the sequence number of the record
     */
    public long putWithVersion(final byte[] key, final byte[] value, final long version, final WriteOptions options) {
        return engine.writes().put(key, value, version, options);
    }

    /**
     * Deletes a key: hides all that was written for it before.
     *
     * @param key which
     * @return the sequence number of the record
     */
    public long delete(final byte[] key) {
        return delete(key, WriteOptions.DEFAULT);
    }

    /**
     * Deletes a key: hides all that was written for it before.
     *
     * @param key which
     * @param options how durable
     * @return the sequence number of the record
     */
    public long delete(final byte[] key, final WriteOptions options) {
        return engine.writes().delete(key, options);
    }

    /**
     * Deletes one version of a key.
     *
     * @param key whose
     * @param version which; 0 for the plain slot
     * @return the sequence number of the record
     */
    public long deleteVersion(final byte[] key, final long version) {
        return deleteVersion(key, version, WriteOptions.DEFAULT);
    }

    /**
     * Deletes one version of a key.
     *
     * @param key whose
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return the sequence number of the record
     */
    public long deleteVersion(final byte[] key, final long version, final WriteOptions options) {
        return engine.writes().deleteVersion(key, version, options);
    }

    /**
     * Carries out a batch, whole or not at all.
     *
     * @param batch what
     * @return the sequence number of its last record; that of the database where it has none
     */
    public long write(final WriteBatch batch) {
        return write(batch, WriteOptions.DEFAULT);
    }

    /**
     * Carries out a batch, whole or not at all.
     *
     * @param batch what
     * @param options how durable
     * @return the sequence number of its last record; that of the database where it has none
     */
    public long write(final WriteBatch batch, final WriteOptions options) {
        return engine.write(batch, options);
    }

    /**
     * Writes a value without making garbage.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return the sequence number of the record
     */
    public long put(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version,
            final WriteOptions options) {
        return engine.writes().put(key, keyOffset, keyLength, value, valueOffset, valueLength, version, options);
    }

    /**
     * Deletes a key without making garbage.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param options how durable
     * @return the sequence number of the record
     */
    public long delete(final DirectBuffer key, final int keyOffset, final int keyLength, final WriteOptions options) {
        return engine.writes().delete(key, keyOffset, keyLength, options);
    }

    /**
     * Hands a write over and goes on; it waits only where the queue is full. The arguments may be reused at once.
     *
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return a ticket for {@link #await} and {@link #awaitDurable}; higher than the thread's tickets before
     */
    public long submitPut(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version,
            final WriteOptions options) {
        return engine.writes().submitPut(key, keyOffset, keyLength, value, valueOffset, valueLength, version, options);
    }

    /**
     * Hands a write over and goes on; it waits only where the queue is full. The arguments may be reused at once.
     *
     * @param key whose
     * @param value what
     * @param version which; 0 for the plain slot
     * @param options how durable
     * @return a ticket for {@link #await} and {@link #awaitDurable}; higher than the thread's tickets before
     */
    public long submitPut(final byte[] key, final byte[] value, final long version, final WriteOptions options) {
        return engine.writes().submitPut(key, value, version, options);
    }

    /**
     * Hands a batch over and goes on; it waits only where the queue is full. The batch may be reused at once.
     *
     * @param batch what
     * @param options how durable
     * @return a ticket for {@link #await} and {@link #awaitDurable}; higher than the thread's tickets before
     */
    public long submit(final WriteBatch batch, final WriteOptions options) {
        return engine.writes().submit(batch, options);
    }

    /**
     * Waits until a write that was handed over is visible and as durable as it asked; throws why it was not carried out.
     *
     * @param ticket what handing it over returned; any thread's, any number of times
     */
    public void await(final long ticket) {
        engine.writes().await(ticket);
    }

    /**
     * Waits until a write that was handed over is on disk, whatever it asked; throws why it was not carried out.
     *
     * @param ticket what handing it over returned; any thread's, any number of times
     */
    public void awaitDurable(final long ticket) {
        engine.writes().awaitDurable(ticket);
    }

    /**
     * The caller's number that the last batch with one carried.
     *
     * @return what {@link WriteBatch#appliedPosition(long)} gave; 0 if none ever did
     */
    public long appliedPosition() {
        return engine.appliedPosition();
    }

    /**
     * The database as it is now, for as long as wanted.
     *
     * @return a snapshot, to be closed by the caller
     */
    public Snapshot snapshot() {
        return engine.snapshot();
    }

    /**
     * Opens a transaction, once no other one is open. Until it ends, other threads' writes wait.
     *
     * @return the transaction, to be committed, or else closed, by the caller
     */
    public Transaction openTransaction() {
        return engine.openTransaction();
    }

    /** Moves everything that is in memory to tables, durably. */
    public void flush() {
        engine.flush();
    }

    /**
     * Merges everything in a range as far down as it goes, so that what was overwritten or deleted there takes no room.
     *
     * @param range which keys
     */
    public void compactRange(final KeyRange range) {
        engine.compactRange(Objects.requireNonNull(range, "range"));
    }

    /**
     * Makes a copy that can be opened, of hard links where that is possible.
     *
     * @param directory where it goes: not there yet, or empty
     */
    public void checkpoint(final Path directory) {
        engine.checkpoint(Objects.requireNonNull(directory, "directory"));
    }

    /**
     * Reads every file and checks all that can be checked: checksums, order, counts, roots. It takes as long as reading everything.
     *
     * @return what was found; damage is in there and not thrown
     */
    public IntegrityReport verify() {
        return verifyWithProgress(progress -> {});
    }

    /**
     * As {@link #verify}, and tells meanwhile how far it is.
     *
     * @param listener is told at the beginning, after each table, and after the journals and the manifest, on the calling
     *     thread; it must not close the database. What it throws ends the reading and is thrown on
     * @return what was found; damage is in there and not thrown
     */
    public IntegrityReport verifyWithProgress(final Consumer<VerifyProgress> listener) {
        return engine.verify(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * About how many bytes of the tables are in each of several ranges.
     *
     * @param ranges which keys
     * @return bytes on disk, in the order of the ranges; what is in memory only does not count
     */
    public long[] sizeOf(final KeyRange... ranges) {
        Objects.requireNonNull(ranges, "ranges");
        for (final KeyRange range : ranges) {
            Objects.requireNonNull(range, "range");
        }
        return engine.sizeOf(ranges);
    }

    /**
     * A text about the inside of the database.
     *
     * @param name {@code avccdb.levels}, {@code avccdb.sstables}, {@code avccdb.stats}, {@code avccdb.memory}, {@code
     *     avccdb.identity} or {@code avccdb.num-files-at-level0} to {@code 6}
     * @return the text, or null for another name
     */
    public String property(final String name) {
        return engine.property(Objects.requireNonNull(name, "name"));
    }

    /**
     * What the database counts and measures.
     *
     * @return a picture of this moment, which does not change any more
     */
    public Stats stats() {
        return engine.stats();
    }

    /** Accepts no more writes, until it is opened again. What was accepted before is carried out. */
    public void setReadOnly() {
        engine.setReadOnly();
    }

    /**
     * Closes the database: waits for accepted writes and for calls under way, discards an open transaction, ends snapshots and
     * cursors. A second call does nothing.
     */
    @Override
    public void close() {
        engine.close();
    }
}
