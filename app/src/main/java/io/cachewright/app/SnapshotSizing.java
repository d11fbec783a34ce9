package io.cachewright.app;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.offline.SnapshotSamples;
import io.cachewright.optimizer.prove.EncodingEffect;
import io.cachewright.optimizer.prove.EncodingStudy;
import io.cachewright.optimizer.prove.FamilySample;
import io.cachewright.snapshot.ReportSettings;
import io.cachewright.snapshot.SnapshotReader;
import io.cachewright.snapshot.SnapshotReport;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.study.SnapshotSizeView;
import io.cachewright.study.input.FileKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a snapshot would take in other servers, and under other encoding limits.
final class SnapshotSizing {

    /// The versions whose memory layouts differ.
    private static final List<ServerVersion> SERVERS = List.of(
            new ServerVersion(Engine.REDIS, 6, 2, 0),
            new ServerVersion(Engine.REDIS, 7, 0, 0),
            new ServerVersion(Engine.REDIS, 7, 2, 0),
            new ServerVersion(Engine.VALKEY, 8, 0, 0),
            new ServerVersion(Engine.VALKEY, 8, 1, 0));

    private static final long SEED = 20_260_420L;

    private final Narrator narrator;
    private final Duration budget;

    SnapshotSizing(Narrator narrator, Duration budget) {
        this.narrator = narrator;
        this.budget = budget;
    }

    SnapshotSizeView view(Path file, FileKind kind, ReportSettings settings) {
        SnapshotReport report = SnapshotReader.report(file, settings);
        List<SnapshotSizeView.Server> servers = new ArrayList<>();
        for (ServerVersion version : SERVERS) {
            ServerMemory server = new ServerMemory(version, report.server().allocator());
            long bytes =
                    SnapshotReader.report(file, settings.withServer(server)).memoryBytes();
            servers.add(new SnapshotSizeView.Server(
                    version.engine().label() + " " + version.major() + "." + version.minor(),
                    bytes,
                    report.memoryBytes() == 0 ? 0 : (double) bytes / report.memoryBytes() - 1));
        }
        List<String> notes = new ArrayList<>(report.notes());
        List<EncodingEffect> effects = encodings(file, kind, report, notes);
        return new SnapshotSizeView(
                SnapshotSizeView.FORMAT_VERSION,
                SnapshotSizeView.KIND,
                Version.text(),
                file.toString(),
                report.format().map(Object::toString).orElse("append-only file"),
                report.server().toString(),
                report.totals().keys(),
                report.memoryBytes(),
                servers,
                effects.stream().map(EncodingRows::row).toList(),
                effects.isEmpty() ? null : effects.getFirst().setting(),
                notes);
    }

    private List<EncodingEffect> encodings(Path file, FileKind kind, SnapshotReport report, List<String> notes) {
        if (kind != FileKind.RDB) {
            notes.add("encodings are measured for RDB files only, and this is " + kind.label());
            return List.of();
        }
        ReadingProgress progress = new ReadingProgress(narrator, "picking a sample of " + file);
        List<FamilySample> families = SnapshotSamples.of(file, progress::at);
        List<EncodingEffect> effects = new EncodingStudy(budget, SEED, narrator::say)
                .study(families, Optional.of(report.server().version()), Map.of());
        if (effects.isEmpty()) {
            notes.add("no other encoding limit would change how the largest families are stored");
        }
        return effects;
    }
}
