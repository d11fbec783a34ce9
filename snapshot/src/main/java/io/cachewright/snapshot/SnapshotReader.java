package io.cachewright.snapshot;

import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.snapshot.SnapshotReport.Database;
import io.cachewright.snapshot.SnapshotReport.Family;
import io.cachewright.snapshot.SnapshotReport.TimeToLiveShare;
import io.cachewright.snapshot.SnapshotReport.TypeShare;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import io.cachewright.snapshot.rdb.RdbWalker;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Reads snapshots: RDB files, append-only files that begin with one, and the directories or manifests of append-only
/// files in parts.
///
/// Reading takes one pass over the file, on two threads, and memory that grows with the number of shapes of names, not
/// with the file.
public final class SnapshotReader {

    private SnapshotReader() {}

    /// What is in a snapshot.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format
    /// @throws UncheckedIOException when it cannot be read
    public static SnapshotReport report(Path path, ReportSettings settings) {
        return new Reading(path, settings).report();
    }

    /// What is in a snapshot, and every key of it with its family. Reads the RDB file twice: families are known once
    /// all keys were seen.
    ///
    /// @throws MalformedSnapshot when it is truncated, damaged or of an unknown format; no key was handed out then
    /// @throws UncheckedIOException when it cannot be read
    public static SnapshotReport keys(Path path, ReportSettings settings, Consumer<KeyRow> keys) {
        Reading reading = new Reading(path, settings);
        SnapshotReport report = reading.report();
        reading.rows(keys);
        return report;
    }

    private static final class Reading {

        private final SnapshotFiles files;
        private final ReportSettings settings;
        private final KeyShapes shapes = new KeyShapes();
        private final KeyspaceTally tally;
        private final IdentityHashMap<FamilyTally, String> patternOf = new IdentityHashMap<>();

        Reading(Path path, ReportSettings settings) {
            this.files = SnapshotFiles.at(path);
            this.settings = settings;
            this.tally = new KeyspaceTally(settings, shapes);
        }

        SnapshotReport report() {
            AppendOnlyTally log = new AppendOnlyTally(settings);
            for (SnapshotFiles.Part part : files.parts()) {
                long logFrom = part.startsWithRdb() ? RdbWalker.walk(part.file(), tally, settings.progress()::read) : 0;
                if (part.mayHoldCommands()) {
                    log.read(part.file(), logFrom);
                }
            }
            List<Family> families = families();
            return new SnapshotReport(
                    files.name(),
                    files.bytes(),
                    tally.format,
                    tally.checksum,
                    tally.at(),
                    tally.auxiliary,
                    tally.functions,
                    tally.moduleData,
                    tally.server(),
                    tally.all.totals(),
                    databases(),
                    types(),
                    timesToLive(),
                    families,
                    tally.biggestKeys.biggestFirst(),
                    tally.biggestElements.biggestFirst(),
                    log.result(),
                    notes(log));
        }

        void rows(Consumer<KeyRow> keys) {
            for (SnapshotFiles.Part part : files.parts()) {
                if (part.startsWithRdb()) {
                    RdbWalker.walk(part.file(), new RowTeller(settings, shapes, keys), settings.progress()::read);
                }
            }
        }

        private List<Database> databases() {
            List<Database> databases = new ArrayList<>();
            tally.databases.forEach((number, database) -> databases.add(new Database(
                    number, database.totals(), database.expiring, tally.tableBytes(database), database.slots)));
            return databases;
        }

        private List<TypeShare> types() {
            List<TypeShare> types = new ArrayList<>();
            tally.types.forEach((type, encodings) ->
                    encodings.forEach((encoding, sums) -> types.add(new TypeShare(type, encoding, sums.totals()))));
            return types;
        }

        private List<TimeToLiveShare> timesToLive() {
            List<TimeToLiveShare> steps = new ArrayList<>();
            tally.timesToLive.forEach((step, sums) -> steps.add(new TimeToLiveShare(step, sums.totals())));
            return steps;
        }

        private List<Family> families() {
            List<Family> families = new ArrayList<>();
            List<FamilyPatterns.Family> named = settings.patterns().families();
            for (int i = 0; i < named.size(); i++) {
                FamilyTally sums = tally.byPattern[i];
                patternOf.put(sums, named.get(i).name());
                if (sums.keys() > 0) {
                    families.add(named(named.get(i), sums));
                }
            }
            List<Integer> numbers = IntStream.range(0, tally.byShape.size())
                    .filter(shape -> tally.byShape.get(shape) != null)
                    .boxed()
                    .toList();
            KeyGrouping.<Integer>by(shapes::example)
                    .counting(shape -> sums(shape).keys())
                    .group(numbers)
                    .forEach(group -> families.add(inferred(group)));
            families.sort(
                    Comparator.<Family>comparingLong(family -> -family.totals().allocatedBytes())
                            .thenComparing(Family::pattern));
            return families;
        }

        private FamilyTally sums(int shape) {
            FamilyTally sums = shape < tally.byShape.size() ? tally.byShape.get(shape) : null;
            return sums == null ? new FamilyTally() : sums;
        }

        private Family named(FamilyPatterns.Family family, FamilyTally sums) {
            UseCasePlacement placed = family.useCase()
                    .map(useCase -> new UseCasePlacement(useCase, 1))
                    .orElseGet(() -> UseCasePlacement.of(family.name(), sums.mainType(), sums.fields()));
            String glob = family.globs().getFirst();
            return family(family.name(), glob, true, placed, sums, glob);
        }

        private Family inferred(KeyGroup<Integer> group) {
            FamilyTally sums = new FamilyTally();
            for (int shape : group.members()) {
                sums.add(sums(shape));
                patternOf.put(sums(shape), group.pattern());
            }
            UseCasePlacement placed = UseCasePlacement.of(group.pattern(), sums.mainType(), sums.fields());
            return family(
                    group.pattern(),
                    group.glob(),
                    false,
                    placed,
                    sums,
                    shapes.example(group.members().getFirst()));
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
            if (tally.format.isPresent()) {
                switch (tally.checksum) {
                    case VERIFIED -> {}
                    case DISABLED ->
                        notes.add("The file was written without a checksum (rdbchecksum no): damage may go unnoticed.");
                    case ABSENT -> notes.add("Files of this version have no checksum: damage may go unnoticed.");
                }
            }
            if (!tally.server().isExact()) {
                notes.add("Memory is modelled as that of the nearest known version; "
                        + tally.server().version() + " may lay values out differently.");
            }
            if (tally.moduleKeys > 0) {
                notes.add(tally.moduleKeys + " keys hold values of modules; only the module knows their memory, counted"
                        + " is their size in the file.");
            }
            notes.addAll(log.notes());
            return notes;
        }

        /// Goes through the keys again and hands them out with their families.
        private final class RowTeller extends KeyspaceTally {

            private final Consumer<KeyRow> keys;

            RowTeller(ReportSettings settings, KeyShapes shapes, Consumer<KeyRow> keys) {
                super(settings.withBiggest(0, 0), shapes);
                this.keys = keys;
            }

            @Override
            public void keyEnd(long fileBytes) {
                super.keyEnd(fileBytes);
                keys.accept(row(familyName(), fileBytes));
            }

            private String familyName() {
                FamilyTally counted = patternOfKey() >= 0 ? tally.byPattern[patternOfKey()] : sums(shapeOfKey());
                return patternOf.getOrDefault(counted, "*");
            }
        }
    }
}
