package io.cachewright.snapshot;

import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.snapshot.SnapshotReport.Database;
import io.cachewright.snapshot.SnapshotReport.Family;
import io.cachewright.snapshot.SnapshotReport.Totals;
import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import io.cachewright.snapshot.rdb.RdbWalker;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Reads snapshots: RDB files, append-only files that begin with one, and the directories or manifests of append-only
/// files in parts.
///
/// Reading takes one pass over the file, in ranges on all processors where it is long enough, and memory that
/// grows with the number of shapes of names, not with the file.
public final class SnapshotReader {

    private SnapshotReader() {}

    /// What is in a snapshot.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when it cannot be read
    public static SnapshotReport report(Path path, ReportSettings settings) {
        return report(path, settings, RdbWalker::rangesFor);
    }

    /// @param ranges into how many to cut a file
    static SnapshotReport report(Path path, ReportSettings settings, ToIntFunction<Path> ranges) {
        return new Reading(path, settings, ranges).report();
    }

    /// What is in a snapshot, and every key of it with its family. Reads the RDB file twice: families are known once
    /// all keys were seen.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format; no key was handed out then
    /// @throws UncheckedIOException when it cannot be read
    public static SnapshotReport keys(Path path, ReportSettings settings, Consumer<KeyRow> keys) {
        Reading reading = new Reading(path, settings, RdbWalker::rangesFor);
        SnapshotReport report = reading.report();
        reading.rows(keys);
        return report;
    }

    /// The files that make a snapshot, for those who walk them.
    ///
    /// @param rdb files that are RDB or begin with it
    /// @param commands files of nothing but commands, those without any left out
    public record Parts(List<Path> rdb, List<Path> commands) {

        public Parts {
            rdb = List.copyOf(rdb);
            commands = List.copyOf(commands);
        }
    }

    /// @throws io.cachewright.domain.InvalidInput when the manifest is none, or a directory has none
    /// @throws UncheckedIOException when something cannot be read
    public static Parts parts(Path path) {
        List<SnapshotFiles.Part> parts = SnapshotFiles.at(path).parts();
        return new Parts(
                parts.stream()
                        .filter(SnapshotFiles.Part::startsWithRdb)
                        .map(SnapshotFiles.Part::file)
                        .toList(),
                parts.stream()
                        .filter(part -> !part.startsWithRdb() && part.bytes() > 0)
                        .map(SnapshotFiles.Part::file)
                        .toList());
    }

    private static final class Reading {

        private final ToIntFunction<Path> ranges;
        private final SnapshotFiles files;
        private final ReportSettings settings;
        private final KeyspaceSums whole;
        private final IdentityHashMap<FamilyTally, String> patternOf = new IdentityHashMap<>();

        Reading(Path path, ReportSettings settings, ToIntFunction<Path> ranges) {
            this.ranges = ranges;
            this.files = SnapshotFiles.at(path);
            this.settings = withWriter(settings, files);
            this.whole = new KeyspaceSums(this.settings, new KeyShapes());
        }

        /// Ranges of a file are added up without having seen its start, so what that says of the writer is
        /// settled first.
        private static ReportSettings withWriter(ReportSettings settings, SnapshotFiles files) {
            KeyspaceSums start = new KeyspaceSums(settings, new KeyShapes());
            files.parts().stream()
                    .filter(SnapshotFiles.Part::startsWithRdb)
                    .findFirst()
                    .ifPresent(part -> RdbWalker.walkToFirstKey(part.file(), new KeyspaceTally(start)));
            return settings.withServer(start.server()).withAt(start.at());
        }

        SnapshotReport report() {
            AppendOnlyTally log = new AppendOnlyTally(settings);
            for (SnapshotFiles.Part part : files.parts()) {
                long logFrom = part.startsWithRdb() ? addUp(part.file()) : 0;
                if (part.mayHoldCommands()) {
                    log.read(part.file(), logFrom);
                }
            }
            List<Family> families = families();
            return new SnapshotReport(
                    files.name(),
                    files.bytes(),
                    whole.format,
                    whole.checksum,
                    whole.at(),
                    whole.auxiliary,
                    whole.functions,
                    whole.moduleData,
                    whole.server(),
                    whole.all().all().totals(),
                    databases(),
                    whole.all().types(),
                    whole.all().timesToLive(),
                    families,
                    whole.biggestKeys.biggestFirst(),
                    whole.biggestElements.biggestFirst(),
                    log.result(),
                    notes(log));
        }

        /// Adds up an RDB file, or the start of an append-only file; gives where it ends.
        private long addUp(Path file) {
            return RdbWalker.walkInRanges(
                    file,
                    ranges.applyAsInt(file),
                    () -> new KeyspaceTally(new KeyspaceSums(settings, whole.shapes.fresh())),
                    range -> whole.add(range.sums()),
                    settings.progress()::read);
        }

        void rows(Consumer<KeyRow> keys) {
            for (SnapshotFiles.Part part : files.parts()) {
                if (part.startsWithRdb()) {
                    RdbWalker.walk(part.file(), new RowTeller(keys), settings.progress()::read);
                }
            }
        }

        private List<Database> databases() {
            MemoryModel model = new MemoryModel(whole.server());
            List<Database> databases = new ArrayList<>();
            whole.databases().forEach((number, database) -> {
                Totals totals = database.all().totals();
                long tableBytes = model.databaseBytes(totals.keys(), database.expiring());
                if (totals.keys() > 0 || database.slots > 0) {
                    databases.add(new Database(number, totals, database.expiring(), tableBytes, database.slots));
                }
            });
            return databases;
        }

        private List<Family> families() {
            List<Family> families = new ArrayList<>();
            List<FamilyPatterns.Family> named = settings.patterns().families();
            for (int i = 0; i < named.size(); i++) {
                FamilyTally family = whole.byPattern[i];
                patternOf.put(family, named.get(i).name());
                if (family.keys() > 0) {
                    families.add(named(named.get(i), family));
                }
            }
            KeyGrouping.<Integer>by(whole.shapes::example)
                    .counting(shape -> whole.ofShape(shape).keys())
                    .group(whole.shapesSeen())
                    .forEach(group -> families.add(inferred(group)));
            families.sort((one, other) -> one.totals().allocatedBytes()
                            == other.totals().allocatedBytes()
                    ? one.pattern().compareTo(other.pattern())
                    : Long.compare(other.totals().allocatedBytes(), one.totals().allocatedBytes()));
            return families;
        }

        private Family named(FamilyPatterns.Family family, FamilyTally tally) {
            UseCasePlacement placed = family.useCase()
                    .map(useCase -> new UseCasePlacement(useCase, 1))
                    .orElseGet(() -> UseCasePlacement.of(family.name(), tally.mainType(), tally.fields()));
            String glob = family.globs().getFirst();
            return family(family.name(), glob, true, placed, tally, glob);
        }

        private Family inferred(KeyGroup<Integer> group) {
            FamilyTally tally = new FamilyTally();
            for (int shape : group.members()) {
                tally.add(whole.ofShape(shape));
                patternOf.put(whole.ofShape(shape), group.pattern());
            }
            UseCasePlacement placed = UseCasePlacement.of(group.pattern(), tally.mainType(), tally.fields());
            String example = whole.shapes.example(group.members().getFirst());
            return family(group.pattern(), group.glob(), false, placed, tally, example);
        }

        private static Family family(
                String pattern, String glob, boolean named, UseCasePlacement placed, FamilyTally sums, String example) {
            return new Family(
                    pattern,
                    glob,
                    named,
                    placed.useCase(),
                    placed.confidence(),
                    sums.totals(),
                    sums.types(),
                    sums.timesToLive(),
                    sums.biggest(),
                    sums.meanIdleSeconds(),
                    sums.meanFrequency(),
                    example);
        }

        private List<String> notes(AppendOnlyTally log) {
            List<String> notes = new ArrayList<>();
            if (whole.format.isPresent()) {
                switch (whole.checksum) {
                    case VERIFIED -> {}
                    case DISABLED ->
                        notes.add("The file was written without a checksum (rdbchecksum no): damage may go unnoticed.");
                    case ABSENT -> notes.add("Files of this version have no checksum: damage may go unnoticed.");
                }
            }
            if (!whole.server().isExact()) {
                notes.add("Memory is modelled as that of the nearest known version; "
                        + whole.server().version() + " may lay values out differently.");
            }
            if (whole.moduleKeys > 0) {
                notes.add(whole.moduleKeys + " keys hold values of modules; only the module knows their memory, counted"
                        + " is their size in the file.");
            }
            notes.addAll(log.notes());
            return notes;
        }

        /// Goes through the keys again and hands them out with their families.
        private final class RowTeller extends KeyspaceTally {

            private final Consumer<KeyRow> keys;

            RowTeller(Consumer<KeyRow> keys) {
                super(new KeyspaceSums(settings.withBiggest(0, 0), whole.shapes));
                this.keys = keys;
            }

            @Override
            public void keyEnd(long fileBytes) {
                super.keyEnd(fileBytes);
                keys.accept(row(patternOf.getOrDefault(familyIn(whole), "*"), fileBytes));
            }
        }
    }
}
