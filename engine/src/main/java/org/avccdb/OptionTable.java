package org.avccdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** All options that can be written down, with their defaults and ranges. What they mean is said in {@link OptionValues}. */
final class OptionTable {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** From this many cores on, threads of their own are worth more than the cores they take. */
    private static final int CORES_FOR_DEDICATED = 4;

    /** In the order in which they are saved. */
    private static final List<Option<?>> ALL = new ArrayList<>();

    static final Option<Integer> WRITE_BUFFER_BYTES = listed(
            Option.ofInt("writeBufferBytes", 32 * MIB, Limits.MIN_WRITE_BUFFER_BYTES, Limits.MAX_WRITE_BUFFER_BYTES));
    static final Option<Integer> MAX_FROZEN_MEMTABLES =
            listed(Option.ofInt("maxFrozenMemtables", 2, 1, Limits.MAX_FROZEN_MEMTABLES));
    static final Option<Integer> ARENA_POOL_SIZE = listed(Option.ofInt("arenaPoolSize", 3, 0, Limits.MAX_ARENA_POOL));
    static final Option<Integer> BLOCK_BYTES =
            listed(Option.ofInt("blockBytes", 4 * KIB, Limits.MIN_BLOCK_BYTES, Limits.MAX_BLOCK_BYTES));
    static final Option<Integer> BLOCK_RESTART_INTERVAL =
            listed(Option.ofInt("blockRestartInterval", 4, 1, Limits.MAX_RESTART_INTERVAL));
    static final Option<Compression> COMPRESSION = listed(Option.ofEnum("compression", Compression.LZ4));
    static final Option<Integer> FILTER_BITS_PER_KEY =
            listed(Option.ofInt("filterBitsPerKey", 10, 0, Limits.MAX_FILTER_BITS_PER_KEY));
    static final Option<Long> BLOCK_CACHE_BYTES =
            listed(Option.ofLong("blockCacheBytes", 256 * MIB, 0, Limits.MAX_BYTES));
    static final Option<Integer> OPEN_FILES_CACHE_CAPACITY =
            listed(Option.ofInt("openFilesCacheCapacity", 500, 0, Limits.MAX_OPEN_FILES));
    static final Option<Integer> COMPACTION_TABLE_BYTES =
            listed(Option.ofInt("compactionTableBytes", 8 * MIB, Limits.MIN_TABLE_BYTES, Limits.MAX_TABLE_BYTES));
    static final Option<Double> COMPACTION_TABLE_SIZE_MULTIPLIER =
            listed(Option.ofDouble("compactionTableSizeMultiplier", 1, 1, Limits.MAX_MULTIPLIER));
    static final Option<Long> COMPACTION_TOTAL_BYTES =
            listed(Option.ofLong("compactionTotalBytes", 256 * MIB, Limits.MIN_TABLE_BYTES, Limits.MAX_BYTES));
    static final Option<Double> COMPACTION_TOTAL_SIZE_MULTIPLIER =
            listed(Option.ofDouble("compactionTotalSizeMultiplier", 10, 1, Limits.MAX_MULTIPLIER));
    static final Option<Integer> COMPACTION_L0_TRIGGER =
            listed(Option.ofInt("compactionL0Trigger", 4, 1, Limits.MAX_L0_TABLES));
    static final Option<Integer> WRITE_L0_SLOWDOWN_TRIGGER =
            listed(Option.ofInt("writeL0SlowdownTrigger", 20, 1, Limits.MAX_L0_TABLES));
    static final Option<Integer> WRITE_L0_PAUSE_TRIGGER =
            listed(Option.ofInt("writeL0PauseTrigger", 36, 1, Limits.MAX_L0_TABLES));
    static final Option<Boolean> DISABLE_SEEKS_COMPACTION = listed(Option.ofBoolean("disableSeeksCompaction"));
    static final Option<Long> COMPACTION_RATE =
            listed(Option.ofLong("compactionRateBytesPerSecond", 0, 0, Limits.MAX_BYTES));
    static final Option<Long> MAX_MANIFEST_BYTES =
            listed(Option.ofLong("maxManifestBytes", 64 * MIB, Limits.MIN_MANIFEST_BYTES, Limits.MAX_TABLE_BYTES));
    static final Option<Integer> MAX_VALUE_BYTES =
            listed(Option.ofInt("maxValueBytes", 64 * MIB, 0, Limits.MAX_VALUE_BYTES));
    static final Option<Boolean> NO_WRITE_MERGE = listed(Option.ofBoolean("noWriteMerge"));
    static final Option<Boolean> NO_SYNC = listed(Option.ofBoolean("noSync"));
    static final Option<Boolean> READ_ONLY = listed(Option.ofBoolean("readOnly"));
    static final Option<Boolean> ERROR_IF_EXISTS = listed(Option.ofBoolean("errorIfExists"));
    static final Option<Boolean> ERROR_IF_MISSING = listed(Option.ofBoolean("errorIfMissing"));
    static final Option<Boolean> DISABLE_LARGE_BATCH_TRANSACTION =
            listed(Option.ofBoolean("disableLargeBatchTransaction"));
    static final Option<VersionOrder> VERSION_ORDER = listed(Option.ofEnum("versionOrder", VersionOrder.ARBITRARY));
    static final Option<Authentication> AUTHENTICATION = listed(Option.ofEnum("authentication", Authentication.MERKLE));
    static final Option<Boolean> PARANOID_CHECKS = listed(Option.ofBoolean("paranoidChecks"));
    static final Option<Integer> RING_SLOTS = listed(Option.ofInt(
            "ringSlots",
            1024,
            "a power of two, " + Limits.MIN_RING_SLOTS + " to " + Limits.MAX_RING_SLOTS,
            slots -> slots >= Limits.MIN_RING_SLOTS && slots <= Limits.MAX_RING_SLOTS && Integer.bitCount(slots) == 1));
    static final Option<ProducerType> PRODUCER_TYPE = listed(Option.ofEnum("producerType", ProducerType.MULTI));
    static final Option<ThreadingMode> THREADING_MODE = listed(Option.ofEnum("threadingMode", defaultThreadingMode()));
    static final Option<Long> INVOKER_SEED = listed(Option.ofLong("invokerSeed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    static final Option<Map<ThreadRole, Integer>> PINNING = listed(new Option<>(
            "pinning",
            Map.of(),
            "pairs role=core, where role is one of " + List.of(ThreadRole.values()) + " and core 0 to "
                    + Limits.MAX_CORE,
            pins -> pins.values().stream().allMatch(core -> core >= 0 && core <= Limits.MAX_CORE),
            OptionTable::formatPins,
            OptionTable::parsePins));
    static final Option<Integer> JOURNAL_SEGMENT_BYTES = listed(Option.ofInt(
            "journalSegmentBytes",
            0,
            "0, or " + Limits.MIN_JOURNAL_SEGMENT_BYTES + " to " + Limits.MAX_JOURNAL_SEGMENT_BYTES,
            bytes -> bytes == 0
                    || (bytes >= Limits.MIN_JOURNAL_SEGMENT_BYTES && bytes <= Limits.MAX_JOURNAL_SEGMENT_BYTES)));
    static final Option<Long> PINNED_MEMORY_BYTES =
            listed(Option.ofLong("pinnedMemoryBytes", 256 * MIB, 0, Limits.MAX_BYTES));

    private OptionTable() {}

    private static <T> Option<T> listed(final Option<T> option) {
        ALL.add(option);
        return option;
    }

    static List<Option<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The option of a name. */
    static Option<?> named(final String name) {
        Option<?> nearest = null;
        int least = Integer.MAX_VALUE;
        for (final Option<?> option : ALL) {
            if (option.name().equals(name)) {
                return option;
            }
            final int distance = distance(option.name(), name);
            if (distance < least) {
                least = distance;
                nearest = option;
            }
        }
        throw new IllegalArgumentException(
                "there is no option '" + name + "'; the one with the nearest name is " + nearest);
    }

    private static ThreadingMode defaultThreadingMode() {
        return Runtime.getRuntime().availableProcessors() >= CORES_FOR_DEDICATED
                ? ThreadingMode.DEDICATED
                : ThreadingMode.SHARED;
    }

    /** A copy in the order of the roles, so that it is always written down in the same way. */
    static Map<ThreadRole, Integer> copyOfPins(final Map<ThreadRole, Integer> pins) {
        final Map<ThreadRole, Integer> copy = new EnumMap<>(ThreadRole.class);
        pins.forEach(
                (role, core) -> copy.put(Objects.requireNonNull(role, "role"), Objects.requireNonNull(core, "core")));
        return Collections.unmodifiableMap(copy);
    }

    private static String formatPins(final Map<ThreadRole, Integer> pins) {
        return pins.entrySet().stream()
                .map(pin -> pin.getKey().name().toLowerCase(Locale.ROOT) + "=" + pin.getValue())
                .collect(Collectors.joining(","));
    }

    private static Map<ThreadRole, Integer> parsePins(final String text) {
        final Map<ThreadRole, Integer> pins = new EnumMap<>(ThreadRole.class);
        if (text.isBlank()) {
            return copyOfPins(pins);
        }
        for (final String pin : text.split(",", -1)) {
            final int equals = pin.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no '=' in '" + pin + "'");
            }
            final ThreadRole role =
                    ThreadRole.valueOf(pin.substring(0, equals).strip().toUpperCase(Locale.ROOT));
            if (pins.put(role, Integer.valueOf(pin.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException(role + " twice");
            }
        }
        return copyOfPins(pins);
    }

    /** How many letters must be changed, left out or put in to make one word of the other, whatever their case. */
    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
            }
            above = row;
        }
        return above[b.length()];
    }
}
