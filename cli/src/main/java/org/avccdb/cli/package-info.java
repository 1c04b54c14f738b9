/** The {@code avccdb} command line: a thin layer over the public API and the benchmarks. */
package org.avccdb.cli;
