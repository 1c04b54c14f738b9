/** What commands read and write: bytes as text, lines, JSON, the terminal. */
package org.avccdb.cli.io;
