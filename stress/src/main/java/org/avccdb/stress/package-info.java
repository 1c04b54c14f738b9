/**
 * jcstress tests: what other threads may see of the memtable while its one writer works. They take long and are run by
 * hand, from the jar that the build makes. The JVMs that jcstress forks need
 * {@code -jvmArgsPrepend --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED}, as they do not read the jar's manifest.
 */
package org.avccdb.stress;
