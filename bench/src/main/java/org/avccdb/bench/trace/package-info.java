/** Operations on a store, recorded to a file and done again. */
package org.avccdb.bench.trace;
