/** Roots and proofs of snapshots: trees over memtables and tables, made when they are asked for, and opened. */
package org.avccdb.engine.roots;
