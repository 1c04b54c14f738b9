/** Keeps the levels in shape: what to merge next, the merge itself, and which records need not survive it. */
package org.avccdb.engine.compaction;
