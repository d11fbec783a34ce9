/// Traces of accesses: what a cache was asked for, when, and how big it was.
///
/// A [Trace] is read from a file ([AccessTraceFile], [KeyDump]), made up ([SyntheticTrace]) or collected by a
/// [TraceBuilder]. To add a source, feed a builder.
@NullMarked
package io.cachewright.sizing.trace;

import org.jspecify.annotations.NullMarked;
