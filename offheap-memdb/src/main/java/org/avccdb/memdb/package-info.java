/**
 * The memtable: a sorted map outside the Java heap, written by one thread and read by any number without locks.
 *
 * <p>{@link org.avccdb.memdb.MemDb} is the map as an embedder uses it. It is made of an {@link org.avccdb.memdb.Arena}
 * (one block of {@link org.avccdb.memdb.NativeMemory}, handed out by moving a pointer), a
 * {@link org.avccdb.memdb.SkipList} inside the arena, and a {@link org.avccdb.memdb.ReaderGate} that keeps the arena in
 * place while somebody reads. An {@link org.avccdb.memdb.ArenaPool} keeps used arenas for the next map; the
 * {@link org.avccdb.memdb.MemoryLedger} knows what every byte is for.
 */
package org.avccdb.memdb;
