/** The memtable that is being written, and the frozen ones that wait to become tables. */
package org.avccdb.engine.memtable;
