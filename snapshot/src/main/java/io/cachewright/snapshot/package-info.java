/// Reads RDB and append-only files and says what is in them and what each key weighs, in the file and in the memory of
/// a given server.
///
/// The way through: [SnapshotReader#report] walks a file once ([io.cachewright.snapshot.rdb.RdbWalker]), lets a
/// [io.cachewright.snapshot.memory.MemoryModel] say what each key takes, and adds it up by family, type, database and
/// time to live into a [SnapshotReport]: plain records, to be shown or written by whoever asked. [ReportSettings] says
/// what server to model, how many of the biggest keys to name, and who is told of progress. [SnapshotReader#keys]
/// hands out every key as a [KeyRow] besides; [KeyExport] writes them as CSV, JSON lines or Parquet.
///
/// ```java
/// SnapshotReport report = SnapshotReader.report(Path.of("dump.rdb"), ReportSettings.DEFAULT);
/// report.families().forEach(family -> System.out.println(family.pattern() + " " + family.totals().allocatedBytes()));
/// ```
///
/// A file that cannot be read to its end gives one [io.cachewright.snapshot.rdb.MalformedSnapshot] and no report.
@NullMarked
package io.cachewright.snapshot;

import org.jspecify.annotations.NullMarked;
