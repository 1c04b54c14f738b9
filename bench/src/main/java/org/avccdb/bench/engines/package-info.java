/** The databases that are measured, behind one interface: each is called as its own Java users would call it. */
package org.avccdb.bench.engines;
