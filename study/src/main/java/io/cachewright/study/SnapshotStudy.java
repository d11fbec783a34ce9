package io.cachewright.study;

import io.cachewright.domain.keys.RedactedName;
import io.cachewright.snapshot.KeyRow;
import io.cachewright.snapshot.SnapshotReport;
import io.cachewright.snapshot.TimeToLive;
import io.cachewright.snapshot.rdb.ValueType;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Makes a snapshot's report into what its readers see. Names that look like secrets are redacted.
public final class SnapshotStudy {

    private SnapshotStudy() {}

    /// @param tool the version of Cachewright
    public static SnapshotView view(SnapshotReport report, String tool) {
        return new SnapshotView(
                SnapshotView.FORMAT_VERSION,
                SnapshotView.KIND,
                tool,
                report.file(),
                report.format().map(Object::toString).orElse("append-only file"),
                writer(report),
                report.server().toString(),
                report.server().isExact(),
                report.at(),
                report.fileBytes(),
                report.checksum().name().toLowerCase(Locale.ROOT),
                report.totals().keys(),
                report.databases().stream()
                        .mapToLong(SnapshotReport.Database::expiring)
                        .sum(),
                report.memoryBytes(),
                report.totals().usageBytes(),
                report.writersUsedMemory().isPresent()
                        ? report.writersUsedMemory().getAsLong()
                        : null,
                report.families().stream().map(family -> family(family, report)).toList(),
                report.types().stream().map(SnapshotStudy::type).toList(),
                report.databases().stream().map(SnapshotStudy::database).toList(),
                report.timesToLive().stream().map(SnapshotStudy::lifetime).toList(),
                report.biggestKeys().stream().map(SnapshotStudy::key).toList(),
                report.biggestElements().stream().map(SnapshotStudy::element).toList(),
                report.commandLog().map(SnapshotStudy::commandLog).orElse(null),
                report.notes());
    }

    private static @Nullable String writer(SnapshotReport report) {
        Map<String, String> said = report.auxiliary();
        Optional<String> version = Optional.ofNullable(said.get("valkey-ver"))
                .map(text -> "Valkey " + text)
                .or(() -> Optional.ofNullable(said.get("redis-ver")).map(text -> "Redis " + text));
        return version.orElse(null);
    }

    private static SnapshotView.Family family(SnapshotReport.Family family, SnapshotReport report) {
        long without = family.timesToLive().getOrDefault(TimeToLive.NONE, 0L);
        long keys = family.totals().keys();
        return new SnapshotView.Family(
                family.pattern(),
                family.useCase().label(),
                family.confidence(),
                keys,
                family.totals().allocatedBytes(),
                family.totals().fileBytes(),
                share(family.totals().allocatedBytes(), report.totals().allocatedBytes()),
                mainType(family.types()),
                share(without, keys),
                family.biggestBytes(),
                nullable(family.meanIdleSeconds()),
                nullable(family.meanFrequency()),
                redacted(family.example()));
    }

    private static String mainType(Map<ValueType, Long> types) {
        return types.entrySet().stream()
                .max((one, other) -> one.getValue().equals(other.getValue())
                        ? one.getKey().compareTo(other.getKey())
                        : one.getValue().compareTo(other.getValue()))
                .map(entry -> entry.getKey().label())
                .orElse("none");
    }

    private static SnapshotView.TypeUse type(SnapshotReport.TypeShare type) {
        return new SnapshotView.TypeUse(
                type.type().label(),
                type.encoding().label(),
                type.totals().keys(),
                type.totals().elements(),
                type.totals().allocatedBytes(),
                type.totals().fileBytes());
    }

    private static SnapshotView.Database database(SnapshotReport.Database database) {
        return new SnapshotView.Database(
                database.number(),
                database.totals().keys(),
                database.expiring(),
                database.totals().allocatedBytes() + database.tableBytes());
    }

    private static SnapshotView.Lifetime lifetime(SnapshotReport.TimeToLiveShare share) {
        return new SnapshotView.Lifetime(
                share.timeToLive().label(),
                share.totals().keys(),
                share.totals().allocatedBytes());
    }

    private static SnapshotView.Key key(KeyRow row) {
        return new SnapshotView.Key(
                row.database(),
                redacted(row.name()),
                row.family(),
                row.type().label(),
                row.encoding().label(),
                row.elements(),
                row.allocatedBytes(),
                row.expiresAt().map(Instant::from).orElse(null));
    }

    private static SnapshotView.Element element(SnapshotReport.BigElement element) {
        return new SnapshotView.Element(
                element.database(),
                redacted(element.key()),
                element.type().label(),
                redacted(element.place()),
                element.bytes());
    }

    private static SnapshotView.CommandLog commandLog(SnapshotReport.CommandLog log) {
        return new SnapshotView.CommandLog(
                log.commands(),
                log.bytes(),
                log.writtenKeys(),
                log.writtenKeysAtLeast(),
                log.byName().entrySet().stream()
                        .sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                                .thenComparing(Map.Entry::getKey))
                        .map(entry -> new SnapshotView.Count(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String redacted(String name) {
        return RedactedName.ofPrintable(name).printed();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
