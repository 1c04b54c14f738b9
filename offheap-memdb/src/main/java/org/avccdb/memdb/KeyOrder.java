package org.avccdb.memdb;

/**
 * The order of a skip list's records, fixed when the list is made.
 *
 * <p>Records always order by their key as unsigned bytes. What an order adds is a fixed part that every record carries
 * between its header and its key, and how that part decides between records of the same key. The list compares digests
 * and keys itself and asks its order only about equal keys, so that the common comparison is one inlined routine.
 */
public interface KeyOrder {
    /** Plain unsigned bytes: a key is there once, and its record carries a cell that leads to its present value. */
    KeyOrder PLAIN = new Plain();

    /** Key ascending, then version descending, then sequence number descending: every record is kept. */
    KeyOrder INTERNAL = new Internal();

    /**
     * Length of the fixed part.
     *
     * @return bytes, a multiple of 8
     */
    int fixedLength();

    /**
     * Order of what is searched for against a record of the same key.
     *
     * @param version the version searched for
     * @param stamp the {@link RecordDescriptor#stamp stamp} searched for
     * @param memory where the record is
     * @param fixedOffset where its fixed part begins
     * @return negative where the search sorts before the record, 0 where it is the record
     */
    int compareFixed(long version, long stamp, NativeMemory memory, int fixedOffset);

    /** See {@link #PLAIN}. */
    final class Plain implements KeyOrder {
        private Plain() {}

        @Override
        public int fixedLength() {
            return Long.BYTES;
        }

        @Override
        public int compareFixed(
                final long version, final long stamp, final NativeMemory memory, final int fixedOffset) {
            return 0;
        }
    }

    /** See {@link #INTERNAL}. */
    final class Internal implements KeyOrder {
        private Internal() {}

        @Override
        public int fixedLength() {
            return 2 * Long.BYTES;
        }

        @Override
        public int compareFixed(
                final long version, final long stamp, final NativeMemory memory, final int fixedOffset) {
            final int byVersion = Long.compare(memory.getLong(fixedOffset), version);
            return byVersion != 0 ? byVersion : Long.compareUnsigned(memory.getLong(fixedOffset + Long.BYTES), stamp);
        }
    }
}
