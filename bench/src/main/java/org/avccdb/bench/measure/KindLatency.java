package org.avccdb.bench.measure;

import org.HdrHistogram.Histogram;

/**
 * Latencies of one kind of operation, all threads together.
 *
 * @param kind what it is called
 * @param service from the beginning of each operation
 * @param response from when each was due; null where nothing was due at a time
 */
public record KindLatency(String kind, Histogram service, Histogram response) {}
