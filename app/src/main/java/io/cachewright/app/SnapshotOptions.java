package io.cachewright.app;

import io.cachewright.domain.ServerVersion;
import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.snapshot.ReportSettings;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.ServerMemory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How snapshots are read.
final class SnapshotOptions {

    @Option(
            names = "--server",
            paramLabel = "VERSION",
            converter = ServerVersionConverter.class,
            description = "Model this server, for example redis-7.2 or valkey-8.1"
                    + " (default: the one that wrote the file).")
    private @Nullable ServerVersion server;

    @Option(
            names = "--patterns",
            paramLabel = "FILE",
            description = "A YAML file that names key families by globs; the others are inferred.")
    private @Nullable Path patterns;

    @Option(
            names = "--biggest",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many of the biggest keys and elements are named (default: ${DEFAULT-VALUE}).")
    private int biggest = 20;

    /// The server that was named; empty when none was.
    Optional<ServerVersion> server() {
        return Optional.ofNullable(server);
    }

    ReportSettings settings(Narrator narrator, Path file) {
        ReadingProgress progress = new ReadingProgress(narrator, "reading " + file);
        ReportSettings settings =
                ReportSettings.DEFAULT.withBiggest(biggest, biggest).withProgress(progress::at);
        if (server != null) {
            settings = settings.withServer(new ServerMemory(server, Allocator.JEMALLOC_BUNDLED));
        }
        return patterns == null
                ? settings
                : settings.withPatterns(FamilyPatterns.parse(patterns.toString(), InputFiles.text(patterns)));
    }
}
