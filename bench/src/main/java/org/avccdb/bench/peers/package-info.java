/** Workloads over whole databases, ours and its peers', side by side in one run. */
package org.avccdb.bench.peers;
