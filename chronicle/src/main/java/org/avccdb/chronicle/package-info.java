/**
 * Keys and values as Chronicle's {@code Bytes}. Chronicle Bytes needs flags of its own: {@code --add-exports
 * java.base/jdk.internal.ref=ALL-UNNAMED --add-exports java.base/sun.nio.ch=ALL-UNNAMED --add-opens
 * java.base/java.lang.reflect=ALL-UNNAMED}.
 */
package org.avccdb.chronicle;
