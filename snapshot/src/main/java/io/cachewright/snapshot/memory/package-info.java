/// What keys take in the memory of a server, modelled from their shape: [MemoryModel] for a [ServerMemory], which is an
/// engine, a version and an allocator.
///
/// Two figures are kept apart. *Usage* is what `MEMORY USAGE key SAMPLES 0` answers; it leaves things out, and more in
/// some versions than in others (Valkey 8.1 no longer counts the name of a key). *Allocated* is what the key really
/// takes from the allocator, so that its sum, with the tables of the keyspace, is the growth of `used_memory`.
@NullMarked
package io.cachewright.snapshot.memory;

import org.jspecify.annotations.NullMarked;
