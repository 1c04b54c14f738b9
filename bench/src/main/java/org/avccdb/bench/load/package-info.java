/** How load is made: which keys and values, at what times, by which threads. */
package org.avccdb.bench.load;
