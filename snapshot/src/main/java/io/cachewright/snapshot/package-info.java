/// Reads RDB and AOF files and says what each key weighs, in the file and in the memory of a given server.
@NullMarked
package io.cachewright.snapshot;

import org.jspecify.annotations.NullMarked;
