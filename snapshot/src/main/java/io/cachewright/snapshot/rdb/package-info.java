/// Walks RDB files: every format of Redis 2.8 to 8.6 (version 13) and of Valkey 7.2 to 9.x (version 80).
///
/// [RdbWalker] knows how the file is built and calls an [RdbVisitor], which decides what to make of it. Values are
/// skipped as cheaply as their form allows: of a packed value only the header is read, also when it is compressed,
/// unless the visitor asks for its elements. The file is read once, in chunks, on one thread or in ranges on several
/// ([RdbWalker#walkInRanges]); memory does not depend on the size of the file.
///
/// Whatever is wrong with a file ends in one [MalformedSnapshot] with the offset.
@NullMarked
package io.cachewright.snapshot.rdb;

import org.jspecify.annotations.NullMarked;
