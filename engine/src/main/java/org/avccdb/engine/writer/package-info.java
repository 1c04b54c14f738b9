/** The one writer: its role, merge groups, back-pressure, visibility, and the latch that stops writing after a failure. */
package org.avccdb.engine.writer;
