/** The lines of {@code load} and {@code unload}. */
package org.avccdb.cli.load;
