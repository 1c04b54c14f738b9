/** Benchmarks of single operations of the database. */
package org.avccdb.bench.engine;
