/** The main job: a million versioned records, and checks that everything about them holds. */
package org.avccdb.bench.job;
