package org.avccdb;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a database works. Immutable; made by a {@link #builder()}, which refuses values that are out of range.
 *
 * <p>{@link #versionOrder} belongs to a database from its creation on; all others may change each time it is opened.
 * Options can be kept as a properties file. No system property is read.
 */
public final class Options extends OptionValues {
    /** Every option at its default. */
    public static final Options DEFAULT = builder().build();

    private Options(final Map<Option<?>, Object> values, final EventListener eventListener) {
        super(values, eventListener);
    }

    /**
     * Every option at its default.
     *
     * @return {@link #DEFAULT}
     */
    public static Options defaults() {
        return DEFAULT;
    }

    /**
     * Begins with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads options from a properties file, as {@link #save} writes it. Sizes may have a unit, as in "64 MiB"; what the file
     * does not name has its default.
     *
     * @param path the file
     * @return the options
     * @throws IllegalArgumentException if a name is unknown (the message suggests the nearest one) or a value is refused
     * @throws StorageException if the file cannot be read
     */
    public static Options load(final Path path) {
        return OptionText.load(path);
    }

    /**
     * Writes all options but the {@link Options#eventListener} to a properties file, durably; a file that is there is replaced in
     * one step.
     *
     * @param path the file
     * @throws StorageException if it cannot be written
     */
    public void save(final Path path) {
        OptionText.save(this, path);
    }

    /**
     * Begins with these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        final Builder builder = new Builder();
        builder.values.putAll(values());
        builder.eventListener = eventListener();
        return builder;
    }

    /**
     * Collects options. Each setter replaces what was set before; what is not set has its default. Not thread-safe; it may be
     * used again after {@link #build}.
     */
    public static final class Builder {
        private final Map<Option<?>, Object> values = new HashMap<>();
        private EventListener eventListener = EventListener.NONE;

        private Builder() {}

        /**
         * {@return this builder, with {@link Options#writeBufferBytes} set}
         *
         * @param bytes size of a memtable
         */
        public Builder writeBufferBytes(final int bytes) {
            return set(OptionTable.WRITE_BUFFER_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#maxFrozenMemtables} set}
         *
         * @param count most memtables that may wait for a flush
         */
        public Builder maxFrozenMemtables(final int count) {
            return set(OptionTable.MAX_FROZEN_MEMTABLES, count);
        }

        /**
         * {@return this builder, with {@link Options#arenaPoolSize} set}
         *
         * @param count arenas kept for their next use
         */
        public Builder arenaPoolSize(final int count) {
            return set(OptionTable.ARENA_POOL_SIZE, count);
        }

        /**
         * {@return this builder, with {@link Options#blockBytes} set}
         *
         * @param bytes size of a block
         */
        public Builder blockBytes(final int bytes) {
            return set(OptionTable.BLOCK_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#blockRestartInterval} set}
         *
         * @param records records from one whole key to the next
         */
        public Builder blockRestartInterval(final int records) {
            return set(OptionTable.BLOCK_RESTART_INTERVAL, records);
        }

        /**
         * {@return this builder, with {@link Options#compression} set}
         *
         * @param codec how blocks are compressed
         */
        public Builder compression(final Compression codec) {
            return set(OptionTable.COMPRESSION, codec);
        }

        /**
         * {@return this builder, with {@link Options#filterBitsPerKey} set}
         *
         * @param bits bits for each key, 0 for no filters
         */
        public Builder filterBitsPerKey(final int bits) {
            return set(OptionTable.FILTER_BITS_PER_KEY, bits);
        }

        /**
         * {@return this builder, with {@link Options#blockCacheBytes} set}
         *
         * @param bytes size of the cache, 0 for none
         */
        public Builder blockCacheBytes(final long bytes) {
            return set(OptionTable.BLOCK_CACHE_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#openFilesCacheCapacity} set}
         *
         * @param tables most tables kept open
         */
        public Builder openFilesCacheCapacity(final int tables) {
            return set(OptionTable.OPEN_FILES_CACHE_CAPACITY, tables);
        }

        /**
         * {@return this builder, with {@link Options#compactionTableBytes} set}
         *
         * @param bytes size of a table
         */
        public Builder compactionTableBytes(final int bytes) {
            return set(OptionTable.COMPACTION_TABLE_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#compactionTableSizeMultiplier} set}
         *
         * @param factor how much larger the tables of the next level are
         */
        public Builder compactionTableSizeMultiplier(final double factor) {
            return set(OptionTable.COMPACTION_TABLE_SIZE_MULTIPLIER, factor);
        }

        /**
         * {@return this builder, with {@link Options#compactionTotalBytes} set}
         *
         * @param bytes size of level 1
         */
        public Builder compactionTotalBytes(final long bytes) {
            return set(OptionTable.COMPACTION_TOTAL_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#compactionTotalSizeMultiplier} set}
         *
         * @param factor how much larger the next level is
         */
        public Builder compactionTotalSizeMultiplier(final double factor) {
            return set(OptionTable.COMPACTION_TOTAL_SIZE_MULTIPLIER, factor);
        }

        /**
         * {@return this builder, with {@link Options#compactionL0Trigger} set}
         *
         * @param tables tables from which on level 0 is merged
         */
        public Builder compactionL0Trigger(final int tables) {
            return set(OptionTable.COMPACTION_L0_TRIGGER, tables);
        }

        /**
         * {@return this builder, with {@link Options#writeL0SlowdownTrigger} set}
         *
         * @param tables tables from which on writes are slowed down
         */
        public Builder writeL0SlowdownTrigger(final int tables) {
            return set(OptionTable.WRITE_L0_SLOWDOWN_TRIGGER, tables);
        }

        /**
         * {@return this builder, with {@link Options#writeL0PauseTrigger} set}
         *
         * @param tables tables from which on writes wait
         */
        public Builder writeL0PauseTrigger(final int tables) {
            return set(OptionTable.WRITE_L0_PAUSE_TRIGGER, tables);
        }

        /**
         * {@return this builder, with {@link Options#disableSeeksCompaction} set}
         *
         * @param disabled has no effect
         */
        public Builder disableSeeksCompaction(final boolean disabled) {
            return set(OptionTable.DISABLE_SEEKS_COMPACTION, disabled);
        }

        /**
         * {@return this builder, with {@link Options#compactionRateBytesPerSecond} set}
         *
         * @param bytesPerSecond the limit, 0 for none
         */
        public Builder compactionRateBytesPerSecond(final long bytesPerSecond) {
            return set(OptionTable.COMPACTION_RATE, bytesPerSecond);
        }

        /**
         * {@return this builder, with {@link Options#maxManifestBytes} set}
         *
         * @param bytes size from which on the manifest is written anew
         */
        public Builder maxManifestBytes(final long bytes) {
            return set(OptionTable.MAX_MANIFEST_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#maxValueBytes} set}
         *
         * @param bytes longest value that is accepted
         */
        public Builder maxValueBytes(final int bytes) {
            return set(OptionTable.MAX_VALUE_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#noWriteMerge} set}
         *
         * @param alone whether each write goes to the journal alone
         */
        public Builder noWriteMerge(final boolean alone) {
            return set(OptionTable.NO_WRITE_MERGE, alone);
        }

        /**
         * {@return this builder, with {@link Options#noSync} set}
         *
         * @param never whether nothing is ever synced
         */
        public Builder noSync(final boolean never) {
            return set(OptionTable.NO_SYNC, never);
        }

        /**
         * {@return this builder, with {@link Options#readOnly} set}
         *
         * @param readOnly whether the database is only read
         */
        public Builder readOnly(final boolean readOnly) {
            return set(OptionTable.READ_ONLY, readOnly);
        }

        /**
         * {@return this builder, with {@link Options#errorIfExists} set}
         *
         * @param refused whether a database that is there already is refused
         */
        public Builder errorIfExists(final boolean refused) {
            return set(OptionTable.ERROR_IF_EXISTS, refused);
        }

        /**
         * {@return this builder, with {@link Options#errorIfMissing} set}
         *
         * @param refused whether a database that is not there is refused
         */
        public Builder errorIfMissing(final boolean refused) {
            return set(OptionTable.ERROR_IF_MISSING, refused);
        }

        /**
         * {@return this builder, with {@link Options#disableLargeBatchTransaction} set}
         *
         * @param disabled whether large batches go through the journal
         */
        public Builder disableLargeBatchTransaction(final boolean disabled) {
            return set(OptionTable.DISABLE_LARGE_BATCH_TRANSACTION, disabled);
        }

        /**
         * {@return this builder, with {@link Options#versionOrder} set}
         *
         * @param order the order
         */
        public Builder versionOrder(final VersionOrder order) {
            return set(OptionTable.VERSION_ORDER, order);
        }

        /**
         * {@return this builder, with {@link Options#authentication} set}
         *
         * @param authentication whether answers can be proven
         */
        public Builder authentication(final Authentication authentication) {
            return set(OptionTable.AUTHENTICATION, authentication);
        }

        /**
         * {@return this builder, with {@link Options#paranoidChecks} set}
         *
         * @param checked whether more is checked than has to be
         */
        public Builder paranoidChecks(final boolean checked) {
            return set(OptionTable.PARANOID_CHECKS, checked);
        }

        /**
         * {@return this builder, with {@link Options#ringSlots} set}
         *
         * @param slots most writes on their way
         */
        public Builder ringSlots(final int slots) {
            return set(OptionTable.RING_SLOTS, slots);
        }

        /**
         * {@return this builder, with {@link Options#producerType} set}
         *
         * @param type how many threads write
         */
        public Builder producerType(final ProducerType type) {
            return set(OptionTable.PRODUCER_TYPE, type);
        }

        /**
         * {@return this builder, with {@link Options#threadingMode} set}
         *
         * @param mode which threads there are
         */
        public Builder threadingMode(final ThreadingMode mode) {
            return set(OptionTable.THREADING_MODE, mode);
        }

        /**
         * {@return this builder, with {@link Options#invokerSeed} set}
         *
         * @param seed what decides the order
         */
        public Builder invokerSeed(final long seed) {
            return set(OptionTable.INVOKER_SEED, seed);
        }

        /**
         * {@return this builder, with {@link Options#pinning} set}
         *
         * @param cores the core of each role
         */
        public Builder pinning(final Map<ThreadRole, Integer> cores) {
            return set(OptionTable.PINNING, OptionTable.copyOfPins(cores));
        }

        /**
         * {@return this builder, with {@link Options#journalSegmentBytes} set}
         *
         * @param bytes size of a segment, 0 to derive it
         */
        public Builder journalSegmentBytes(final int bytes) {
            return set(OptionTable.JOURNAL_SEGMENT_BYTES, bytes);
        }

        /**
         * {@return this builder, with {@link Options#pinnedMemoryBytes} set}
         *
         * @param bytes most memory for what is only read
         */
        public Builder pinnedMemoryBytes(final long bytes) {
            return set(OptionTable.PINNED_MEMORY_BYTES, bytes);
        }

        /**
         * {@return this builder, with one more core in {@link Options#pinning}}
         *
         * @param role whose thread
         * @param core runs there and nowhere else
         */
        public Builder pin(final ThreadRole role, final int core) {
            final Map<ThreadRole, Integer> cores = new EnumMap<>(ThreadRole.class);
            cores.putAll(new Options(values, eventListener).pinning());
            cores.put(role, core);
            return pinning(cores);
        }

        /**
         * {@return this builder, with {@link Options#pinning} set}
         *
         * @param cores the core of each role, as in "writer=2,flush=3"
         */
        public Builder pinning(final String cores) {
            return pinning(OptionTable.PINNING.parse(cores));
        }

        /**
         * {@return this builder, with {@link Options#eventListener} set}
         *
         * @param listener who is told
         */
        public Builder eventListener(final EventListener listener) {
            eventListener = Objects.requireNonNull(listener, "eventListener");
            return this;
        }

        /**
         * Checks all options.
         *
         * @return the options
         * @throws IllegalArgumentException if a value is out of range, or two do not go together; it names option, value and
         *     range
         */
        public Options build() {
            final Options options = new Options(values, eventListener);
            final int pauseTrigger = options.writeL0PauseTrigger();
            if (!values.containsKey(OptionTable.WRITE_L0_SLOWDOWN_TRIGGER)
                    && pauseTrigger < options.writeL0SlowdownTrigger()
                    && pauseTrigger >= options.compactionL0Trigger()) {
                return options.toBuilder().writeL0SlowdownTrigger(pauseTrigger).build();
            }
            options.check();
            return options;
        }

        <T> Builder set(final Option<T> option, final T value) {
            values.put(option, Objects.requireNonNull(value, option.name()));
            return this;
        }
    }
}
