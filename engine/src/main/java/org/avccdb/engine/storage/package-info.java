/** The only door to files: what a storage must be able to do, and the one that does it with the operating system. */
package org.avccdb.engine.storage;
