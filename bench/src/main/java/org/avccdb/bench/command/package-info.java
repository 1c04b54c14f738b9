/** The command line of the benchmarks. */
package org.avccdb.bench.command;
