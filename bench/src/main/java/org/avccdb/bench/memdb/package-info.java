/**
 * The memtable beside {@link java.util.concurrent.ConcurrentSkipListMap}: the same records, the same order of operations.
 *
 * <p>Both sides own what they store, so a put copies key and value on both; a get copies the value out on both; an
 * iteration reads every byte of key and value on both.
 */
package org.avccdb.bench.memdb;
