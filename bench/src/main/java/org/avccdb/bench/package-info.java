/**
 * Benchmarks. A benchmark that touches off-heap memory names {@code --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED}
 * in its {@code @Fork(jvmArgsAppend)}, because a forked JVM does not read the jar's manifest.
 */
package org.avccdb.bench;
