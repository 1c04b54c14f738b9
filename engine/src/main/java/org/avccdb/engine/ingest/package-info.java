/** The merge queue: how writes come from the callers' threads to the one writer, and how the callers learn the outcome. */
package org.avccdb.engine.ingest;
