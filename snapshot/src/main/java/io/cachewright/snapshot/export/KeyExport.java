package io.cachewright.snapshot.export;

import io.cachewright.snapshot.KeyRow;
import java.io.OutputStream;
import java.util.function.Consumer;

/// Takes keys one by one and writes them. Closing ends the file and closes the stream under it; a file that was not
/// closed is not complete. Methods throw [java.io.UncheckedIOException] when the stream does.
public interface KeyExport extends Consumer<KeyRow>, AutoCloseable {

    /// Comma-separated values after RFC 4180, with a line of names first; what is not known is empty.
    static KeyExport csv(OutputStream out) {
        return new CsvExport(out);
    }

    /// One JSON object a line; what is not known is left out.
    static KeyExport jsonLines(OutputStream out) {
        return new JsonLinesExport(out);
    }

    /// An Apache Parquet file, gzip-compressed, with a group of rows for each 65,536 keys.
    static KeyExport parquet(OutputStream out) {
        return new ParquetExport(out);
    }

    @Override
    void close();
}
