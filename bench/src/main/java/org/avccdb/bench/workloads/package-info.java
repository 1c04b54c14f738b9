/** What is done to a database, operation by operation. */
package org.avccdb.bench.workloads;
