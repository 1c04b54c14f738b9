/** Small programs that show how the database is used. Each takes a folder as its only argument, and tells what it does. */
package org.avccdb.examples;
