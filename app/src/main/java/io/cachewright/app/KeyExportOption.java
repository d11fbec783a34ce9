package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.snapshot.KeyRow;
import io.cachewright.snapshot.ReportSettings;
import io.cachewright.snapshot.SnapshotReader;
import io.cachewright.snapshot.SnapshotReport;
import io.cachewright.snapshot.export.KeyExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--export`: every key of a snapshot, written to a file. Names that look like secrets are redacted there, too.
final class KeyExportOption {

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write every key of a snapshot to this file: .csv, .json (one object a line) or .parquet.")
    private @Nullable Path file;

    /// Reads the snapshot, and writes its keys where that was asked for.
    SnapshotReport report(Path snapshot, ReportSettings settings) throws IOException {
        if (file == null) {
            return SnapshotReader.report(snapshot, settings);
        }
        try (KeyExport export = open(file)) {
            return SnapshotReader.keys(snapshot, settings, row -> export.accept(redacted(row)));
        }
    }

    private static KeyExport open(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".json") && !name.endsWith(".parquet")) {
            throw new InvalidInput("--export", List.of("writes .csv, .json or .parquet, not " + file.getFileName()));
        }
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        return name.endsWith(".csv")
                ? KeyExport.csv(out)
                : name.endsWith(".json") ? KeyExport.jsonLines(out) : KeyExport.parquet(out);
    }

    private static KeyRow redacted(KeyRow row) {
        return new KeyRow(
                row.database(),
                RedactedName.ofPrintable(row.name()).printed(),
                row.family(),
                row.type(),
                row.encoding(),
                row.elements(),
                row.fileBytes(),
                row.usageBytes(),
                row.allocatedBytes(),
                row.expiresAt(),
                row.idleSeconds(),
                row.frequency());
    }
}
