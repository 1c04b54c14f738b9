package org.avccdb.bench.engines;

import java.nio.file.Path;

/**
 * What a store is opened with.
 *
 * @param directory an empty directory of its own, or one in which the same engine has been before
 * @param durability what each write survives
 * @param optionsFile options of avccDB, or null for its defaults
 * @param keyBytes length of all keys
 * @param valueBytes length of all values
 * @param expectedRecords how many records will be written at most, about; for engines that must be told a size
 */
public record StoreSettings(
        Path directory, Durability durability, Path optionsFile, int keyBytes, int valueBytes, long expectedRecords) {}
