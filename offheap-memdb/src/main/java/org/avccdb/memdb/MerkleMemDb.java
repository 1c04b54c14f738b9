package org.avccdb.memdb;

import java.lang.ref.Reference;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.MasterHeader;
import org.avccdb.proof.MasterRoot;

/**
 * A sorted map from keys and versions to values, whose content has a root hash and whose answers have proofs, for {@code
 * ProofVerifier}. It stands for a database of its own: one run with one table of blocks of 32 records, or no run where it is
 * empty.
 *
 * <p>Keys and values are outside the Java heap, in a fixed capacity, as in {@link MemDb}; the hashes, about 40 bytes a record
 * once a root was asked for, are on the heap. Every write adds a record, also that of a key and version written before, of
 * which the later record counts.
 *
 * <p>The tree is built when a root or a proof is asked for after a write, and kept until the next one. Then only new records
 * are hashed; the nodes above them are, from the first block that has changed.
 *
 * <p><b>Threads.</b> Any thread may call any method. Writes, roots and proofs take turns under a lock; {@code get} waits for
 * none of them. Buffers are the caller's: no other thread may change or rewrap them during a call.
 */
public final class MerkleMemDb implements AutoCloseable {
    /** What {@code get} returns where there is nothing. */
    public static final int NOT_FOUND = MemDb.NOT_FOUND;

    /** The highest version of a record. */
    public static final long MAX_VERSION = Long.MAX_VALUE - 1;

    private static final long HEIGHT_SEED = 0x2545_F491_4F6C_DD1DL;

    private final Arena arena;
    private final SkipList list;
    private final ReaderGate gate = new ReaderGate();
    private final RecordTreeBuilder builder;
    private final RecordProver prover;

    private RecordTree tree;
    private int records;
    private long rebuilds;
    private long cacheHits;
    private long lastRebuildNanos;
    private volatile boolean closed;

    /**
     * Makes an empty map with a random database id.
     *
     * @param capacityBytes room for keys, values and what the map needs beside them (about 44 bytes a record)
     */
    public MerkleMemDb(final int capacityBytes) {
        this(capacityBytes, randomId());
    }

    /**
     * Makes an empty map.
     *
     * @param capacityBytes room for keys, values and what the map needs beside them
     * @param databaseId 16 bytes, which every root binds; they are copied
     */
    public MerkleMemDb(final int capacityBytes, final byte[] databaseId) {
        if (databaseId.length != MasterHeader.DATABASE_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "a database id has " + MasterHeader.DATABASE_ID_LENGTH + " bytes, not " + databaseId.length);
        }
        final int most = Arena.MAX_CAPACITY - SkipList.overheadLength();
        if (capacityBytes < 0 || capacityBytes > most) {
            throw new IllegalArgumentException("capacity must be 0 to " + most + " bytes: " + capacityBytes);
        }
        arena = new Arena(capacityBytes + SkipList.overheadLength(), MemoryLedger.process());
        list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, HEIGHT_SEED);
        final HashRules rules = new HashRules();
        final MerkleParts parts =
                new MerkleParts(databaseId.clone(), rules, new RecordReader(list, rules), new LeafHashes());
        builder = new RecordTreeBuilder(list, parts);
        prover = new RecordProver(list, parts);
        tree = builder.empty();
    }

    private static byte[] randomId() {
        final byte[] id = new byte[MasterHeader.DATABASE_ID_LENGTH];
        new SecureRandom().nextBytes(id);
        return id;
    }

    /**
     * Room that is left.
     *
     * @return bytes that can still be written, those for the map's own structure included
     */
    public synchronized int free() {
        requireOpen();
        return arena.free();
    }

    /**
     * Writes a value.
     *
     * @param key of the record, 0 to 65,535 bytes
     * @param value of the record
     * @param version of the record, 0 to {@link #MAX_VERSION}
     * @return false where there is no room for it; nothing is written then
     */
    public boolean putWithVersion(final byte[] key, final byte[] value, final long version) {
        return putWithVersion(new UnsafeBuffer(key), 0, key.length, new UnsafeBuffer(value), 0, value.length, version);
    }

    /**
     * Writes a value.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value where the value is
     * @param valueOffset where it begins
     * @param valueLength its length
     * @param version of the record, 0 to {@link #MAX_VERSION}
     * @return false where there is no room for it; nothing is written then
     */
    public synchronized boolean putWithVersion(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final long version) {
        if (version < 0 || version > MAX_VERSION) {
            throw new IllegalArgumentException("a version is 0 to " + MAX_VERSION + ", not " + version);
        }
        requireOpen();
        final long stamp = RecordDescriptor.stamp(records + 1L, HashRules.PUT);
        if (!list.writer().add(key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength)) {
            return false;
        }
        records++;
        return true;
    }

    /**
     * The value with the highest version.
     *
     * @param key asked for
     * @return a copy, or null where there is none
     */
    public byte[] get(final byte[] key) {
        return getWithVersion(key, 0);
    }

    /**
     * The value of one version.
     *
     * @param key asked for
     * @param version asked for; 0 asks for the highest
     * @return a copy, or null where there is none
     */
    public byte[] getWithVersion(final byte[] key, final long version) {
        final UnsafeBuffer wrapped = new UnsafeBuffer(key);
        Arguments.checkKey(wrapped, 0, key.length);
        checkAsked(version);
        final int place = enter();
        try {
            final int record = find(wrapped, 0, key.length, version);
            if (record == Arena.NONE) {
                return null;
            }
            final byte[] value = new byte[list.valueLength(record)];
            list.memory().copyTo(list.valueOffset(record), new UnsafeBuffer(value), 0, value.length);
            return value;
        } finally {
            gate.exit(place);
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Copies the value of a version.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version asked for; 0 asks for the highest
     * @param dst where the value goes
     * @param dstOffset where in it
     * @return the length of the value, or {@link #NOT_FOUND}; a value longer than {@code dst.capacity() - dstOffset} is not
     *     copied
     */
    public int getWithVersion(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkTarget(dst, dstOffset);
        checkAsked(version);
        final int place = enter();
        try {
            final int record = find(key, keyOffset, keyLength, version);
            if (record == Arena.NONE) {
                return NOT_FOUND;
            }
            final int valueLength = list.valueLength(record);
            if (valueLength <= dst.capacity() - dstOffset) {
                list.memory().copyTo(list.valueOffset(record), dst, dstOffset, valueLength);
            }
            return valueLength;
        } finally {
            gate.exit(place);
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(dst);
            Reference.reachabilityFence(this);
        }
    }

    private int find(final DirectBuffer key, final int offset, final int length, final long version) {
        final Object base = key.byteArray();
        final long address = NativeMemory.addressOf(key, offset);
        final long highest = version == 0 ? Long.MAX_VALUE : version;
        // The stamp sorts before all records of the version.
        final int record = list.findFirst(base, address, length, highest, -1);
        if (record == Arena.NONE) {
            return Arena.NONE;
        }
        final long found = list.version(record);
        final boolean isIt = (version == 0 || found == version)
                && list.compare(base, address, length, found, list.stamp(record), record) == 0;
        return isIt ? record : Arena.NONE;
    }

    /**
     * The root of everything written so far. It changes with each write, and only with one.
     *
     * @return the root
     */
    public synchronized MasterRoot rootHash() {
        return current().root();
    }

    /**
     * Proves the latest value of a key, or that it has none.
     *
     * @param key asked for
     * @return a proof for {@code ProofVerifier.verifyLatest} against {@link #rootHash()}, as long as nothing is written
     */
    public byte[] proof(final byte[] key) {
        return proof(key, 0);
    }

    /**
     * Proves the value of one version of a key, or that it has none.
     *
     * @param key asked for
     * @param version asked for; 0 asks for the highest
     * @return a proof for {@code ProofVerifier.verifyVersion} against {@link #rootHash()}, as long as nothing is written
     */
    public synchronized byte[] proof(final byte[] key, final long version) {
        Arguments.checkKeyLength(key.length);
        checkAsked(version);
        return prover.prove(current(), key, version);
    }

    /**
     * What this map has done so far.
     *
     * @return the numbers as of now
     */
    public synchronized MerkleStats merkleStats() {
        requireOpen();
        return new MerkleStats(records, builder.leavesHashed(), rebuilds, cacheHits, lastRebuildNanos);
    }

    /** The tree of all records. */
    private RecordTree current() {
        requireOpen();
        if (tree.count() == records) {
            cacheHits++;
        } else {
            final long begin = System.nanoTime();
            tree = builder.extend(tree, records);
            lastRebuildNanos = System.nanoTime() - begin;
            rebuilds++;
        }
        return tree;
    }

    /** Gives the memory back, once no call is under way. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        gate.shut();
        closed = true;
        gate.awaitEmpty();
        arena.release();
    }

    private static void checkAsked(final long version) {
        if (version < 0) {
            throw new IllegalArgumentException("a version is not negative: " + version);
        }
    }

    private int enter() {
        final int place = gate.enter();
        if (place < 0) {
            throw closedException();
        }
        return place;
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the map is closed");
    }
}
