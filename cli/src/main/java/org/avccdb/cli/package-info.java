/** The {@code avccdb} command line: a thin layer over the public API. */
package org.avccdb.cli;
