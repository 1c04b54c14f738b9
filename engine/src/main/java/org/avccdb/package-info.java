/**
 * The public API of avccDB, an embedded, ordered key-value database that keeps the versions of every key and can prove
 * its answers. Everything below {@code org.avccdb.engine} is internal and may change at any time.
 */
package org.avccdb;
