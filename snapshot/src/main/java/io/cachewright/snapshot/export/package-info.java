/// Writes what a snapshot holds for other tools: every key as CSV, JSON lines or Parquet ([KeyExport]), the report as
/// one JSON document ([ReportJson]).
///
/// ```java
/// try (KeyExport export = KeyExport.parquet(Files.newOutputStream(Path.of("keys.parquet")))) {
///     SnapshotReader.keys(Path.of("dump.rdb"), ReportSettings.DEFAULT, export);
/// }
/// ```
@NullMarked
package io.cachewright.snapshot.export;

import org.jspecify.annotations.NullMarked;
