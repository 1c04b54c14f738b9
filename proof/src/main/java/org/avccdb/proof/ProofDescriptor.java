package org.avccdb.proof;

import java.util.Arrays;

/**
 * Layout of an encoded proof; FORMAT.md of this module explains it. A varint is an unsigned LEB128 number below 2^63 in
 * its shortest form. A hash is 32 bytes. Numbers of siblings are not stored: they follow from counts and indices
 * ({@link TreeShape#siblingCount}).
 *
 * <pre>
 * proof    "avp" | u8 format, 1 | u8 kind of question, 1 to 5 | master
 *          | where the kind is a range: u8 0, or u8 1 and endKey
 *          | varint opened runs | opened runs, newest first | siblings
 * master   databaseId 16 bytes | varint keyspace | u8 version order | varint lastSequence | varint runs
 * run      u8 kind | u8 level | varint tables | varint maxPutVersion | varint olderMaxPutVersion
 *          | varint first table | varint opened tables, at least 1 | opened tables | siblings
 * table    u8 format | varint records | varint blocks | first: edge | last: edge | varint minSequence
 *          | varint maxSequence | varint maxPutVersion | varint keyDeletes | varint versionDeletes
 *          | varint opened blocks | where there are any: varint first block | opened blocks
 *          | siblings: where no block is opened, the root of the tree of blocks
 * edge     key | varint version | varint sequence
 * block    varint records | varint first leaf | varint opened leaves, at least 1 | opened leaves | siblings
 * leaf     u8 flags | key, but with SAME_KEY | varint version, but for a key-delete | varint sequence
 *          | for a put: varint valueLength | value of valueLength bytes where valueLength is at most 32 or with
 *          LONG_VALUE, else its hash
 * key      varint length, at most 65,535 | bytes
 *
 * flags    bits 0-1 record type | bit 2 SAME_KEY: as the leaf before in this block, set wherever that is so
 *          | bit 3 LONG_VALUE: a value of more than 32 bytes is here itself | bits 4-7 zero
 * </pre>
 *
 * The least lengths say how much of a proof a count needs, so that it can be refused before anything is allocated.
 */
final class ProofDescriptor {
    static final int FORMAT = 1;

    static final int TYPE_MASK = 0x03;
    static final int SAME_KEY = 0x04;
    static final int LONG_VALUE = 0x08;
    static final int KNOWN_FLAGS = TYPE_MASK | SAME_KEY | LONG_VALUE;

    static final int MAX_KEY_LENGTH = 65_535;
    /** Sequence numbers have 56 bits. */
    static final long MAX_SEQUENCE = (1L << 56) - 1;

    /** A key-delete with the key of the leaf before. */
    static final int MIN_LEAF_LENGTH = 2;
    /** Three numbers and a leaf. */
    static final int MIN_BLOCK_LENGTH = 3 + MIN_LEAF_LENGTH;
    /** A header with empty keys, two numbers and a block; shown by its header only it would be longer. */
    static final int MIN_TABLE_LENGTH = 16 + MIN_BLOCK_LENGTH;
    /** Seven numbers and a table. */
    static final int MIN_RUN_LENGTH = 7 + MIN_TABLE_LENGTH;

    private static final byte[] MAGIC = {'a', 'v', 'p'};

    private ProofDescriptor() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    static int magicLength() {
        return MAGIC.length;
    }

    static boolean isMagic(final byte[] bytes) {
        return Arrays.equals(MAGIC, bytes);
    }
}
