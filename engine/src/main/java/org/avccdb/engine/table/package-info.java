/** Tables: immutable files of sorted records, how they are written, read, cached and verified. */
package org.avccdb.engine.table;
