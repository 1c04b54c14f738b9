/** Runs workloads on engines, round by round, and keeps the results. */
package org.avccdb.bench.run;
