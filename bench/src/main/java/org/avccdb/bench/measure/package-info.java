/** What is measured: latency, the machine, what the process uses; and how it is written down. */
package org.avccdb.bench.measure;
