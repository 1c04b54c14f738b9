/** The journal: what was written since the last tables, in segments of fixed length, and how it is read back. */
package org.avccdb.engine.journal;
