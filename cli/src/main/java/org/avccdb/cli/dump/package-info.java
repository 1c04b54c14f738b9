/**
 * Files of a database as annotated hex. It reads the layouts by itself, by the diagrams that FORMAT.md leads to, because it is
 * to show what the engine refuses to read; so it is a second reading of them as well.
 */
package org.avccdb.cli.dump;
