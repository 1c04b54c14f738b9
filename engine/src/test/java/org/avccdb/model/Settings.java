package org.avccdb.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.avccdb.Authentication;
import org.avccdb.Compression;
import org.avccdb.Options;
import org.avccdb.ProducerType;
import org.avccdb.ThreadingMode;
import org.avccdb.VersionOrder;

/** Options by name; what is not named has its default, but that there are no threads unless they are asked for. Immutable. */
public record Settings(Map<String, String> values) {
    private static final Map<String, BiConsumer<Options.Builder, String>> SETTERS = new TreeMap<>();

    static {
        ofInt("writeBufferBytes", Options.Builder::writeBufferBytes);
        ofInt("maxFrozenMemtables", Options.Builder::maxFrozenMemtables);
        ofInt("arenaPoolSize", Options.Builder::arenaPoolSize);
        ofInt("blockBytes", Options.Builder::blockBytes);
        ofInt("blockRestartInterval", Options.Builder::blockRestartInterval);
        set("compression", (builder, text) -> builder.compression(Compression.valueOf(text)));
        ofInt("filterBitsPerKey", Options.Builder::filterBitsPerKey);
        ofInt("blockCacheBytes", Options.Builder::blockCacheBytes);
        ofInt("openFilesCacheCapacity", Options.Builder::openFilesCacheCapacity);
        ofInt("compactionTableBytes", Options.Builder::compactionTableBytes);
        ofInt("compactionTableSizeMultiplier", Options.Builder::compactionTableSizeMultiplier);
        ofInt("compactionTotalBytes", Options.Builder::compactionTotalBytes);
        ofInt("compactionTotalSizeMultiplier", Options.Builder::compactionTotalSizeMultiplier);
        ofInt("compactionL0Trigger", Options.Builder::compactionL0Trigger);
        ofInt("writeL0SlowdownTrigger", Options.Builder::writeL0SlowdownTrigger);
        ofInt("writeL0PauseTrigger", Options.Builder::writeL0PauseTrigger);
        ofInt("compactionRateBytesPerSecond", Options.Builder::compactionRateBytesPerSecond);
        ofInt("maxManifestBytes", Options.Builder::maxManifestBytes);
        ofBoolean("noWriteMerge", Options.Builder::noWriteMerge);
        ofBoolean("noSync", Options.Builder::noSync);
        ofBoolean("disableLargeBatchTransaction", Options.Builder::disableLargeBatchTransaction);
        set("versionOrder", (builder, text) -> builder.versionOrder(VersionOrder.valueOf(text)));
        set("authentication", (builder, text) -> builder.authentication(Authentication.valueOf(text)));
        ofBoolean("paranoidChecks", Options.Builder::paranoidChecks);
        ofInt("ringSlots", Options.Builder::ringSlots);
        set("producerType", (builder, text) -> builder.producerType(ProducerType.valueOf(text)));
        set("threadingMode", (builder, text) -> builder.threadingMode(ThreadingMode.valueOf(text)));
        ofInt("invokerSeed", Options.Builder::invokerSeed);
        ofInt("journalSegmentBytes", Options.Builder::journalSegmentBytes);
        ofInt("pinnedMemoryBytes", Options.Builder::pinnedMemoryBytes);
    }

    public Settings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    private static void set(String name, BiConsumer<Options.Builder, String> setter) {
        SETTERS.put(name, setter);
    }

    private static void ofInt(String name, BiConsumer<Options.Builder, Integer> setter) {
        set(name, (builder, text) -> setter.accept(builder, Integer.valueOf(text)));
    }

    private static void ofBoolean(String name, BiConsumer<Options.Builder, Boolean> setter) {
        set(name, (builder, text) -> setter.accept(builder, Boolean.valueOf(text)));
    }

    public Options.Builder toBuilder() {
        Options.Builder builder = Options.builder().threadingMode(ThreadingMode.INVOKER);
        values.forEach((name, text) -> SETTERS.get(name).accept(builder, text));
        return builder;
    }

    public Options toOptions() {
        return toBuilder().build();
    }

    public Settings with(String name, Object value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value.toString());
        return new Settings(changed);
    }

    public boolean isMonotone() {
        return VersionOrder.MONOTONE.name().equals(values.get("versionOrder"));
    }

    /** Whether there is no authentication. */
    boolean isWithoutProofs() {
        return Authentication.NONE.name().equals(values.get("authentication"));
    }

    public boolean hasThreads() {
        return !ThreadingMode.INVOKER.name().equals(values.getOrDefault("threadingMode", "INVOKER"));
    }

    /** The same with one option less; null where that is not legal, or it belongs to the database. */
    Settings without(String name) {
        if (name.equals("versionOrder") || name.equals("authentication")) {
            return null;
        }
        Map<String, String> fewer = new TreeMap<>(values);
        fewer.remove(name);
        try {
            Settings simpler = new Settings(fewer);
            simpler.toOptions();
            return simpler;
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
