/**
 * The read path: which runs there are at a moment, how readers keep them in place, point reads over them, and cursors.
 */
package org.avccdb.engine.read;
