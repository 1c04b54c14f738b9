/** Makes tables of frozen memtables. */
package org.avccdb.engine.flush;
